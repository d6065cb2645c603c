import 'server-only';
import { ApiError } from '../../core/api-error';

/** The error of a run that the visitor does not have. */
export function runNotFound(): ApiError {
  return new ApiError({
    code: 'run_not_found',
    message: 'This run does not exist. A run is visible only to the visitor who started it.',
  });
}

/**
 * The error of a run that ended without an answer.
 * @param mayBeCharged whether the gateway may have carried it out all the same
 */
export function noAnswer(why: string, mayBeCharged: boolean): ApiError {
  const outcome = mayBeCharged ? 'unknown' : 'nothing';
  return new ApiError({ code: 'run_gone', message: why, outcome });
}

/** The error of a run that was removed, or whose record is damaged. */
export function runForgotten(): ApiError {
  const why =
    'This run was deleted, was removed to free space, or is damaged where the server keeps it. ' +
    'Its key cannot be used again. Start again with a new one.';
  return noAnswer(why, true);
}

/** The error of an answer that the disk, or the database, has lost. */
export function answerLost(): ApiError {
  const why =
    "This run's answer is missing or damaged where the server keeps it. It may have been charged.";
  return noAnswer(why, true);
}

/** The error of a start for which there is no room; nothing was sent. */
export function noRoom(): ApiError {
  return new ApiError({
    code: 'spool_full',
    message:
      'The server has no space for another answer. Nothing was sent. Try again later. ' +
      'An administrator can check SPOOL_MAX_BYTES and the free space under DATA_DIR.',
  });
}

/** The error of an answer for whose end there was no room. */
export function spoolOverflow(): ApiError {
  return new ApiError({
    code: 'spool_full',
    message:
      'The server ran out of space during this answer and stopped it. It may have been charged. ' +
      'An administrator can check SPOOL_MAX_BYTES and the free space under DATA_DIR.',
    outcome: 'unknown',
  });
}

/** The error of a key that stands for another request. */
export function keyReused(): ApiError {
  return new ApiError({
    code: 'idempotency_key_reused',
    param: 'Idempotency-Key',
    message:
      'This Idempotency-Key was already used for a different request. ' +
      'Repeat that request, or send this one with a new UUID.',
  });
}

/** Why a run ended that was under way when the server was stopped. */
export function serverRestarted(): ApiError {
  return new ApiError({
    code: 'server_error',
    message:
      'The server was restarted during this run. ' +
      'The gateway may still have carried it out and charged it.',
  });
}

/** Why a run ended whose client left before its request was whole. */
export function requestIncomplete(): ApiError {
  return new ApiError({
    code: 'invalid_value',
    message: 'The connection closed before the whole request had arrived. Nothing was carried out.',
  });
}

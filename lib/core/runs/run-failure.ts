import {
  type ApiError,
  type ErrorCode,
  type ErrorEnvelope,
  errorTable,
  forOperatorWords,
  pageWords,
  readErrorEnvelope,
  uploadCutWords,
} from '../api-error';
import { isContentRefusal, isHeldBack, isQuotaSpent } from '../gateway-error';
import { isSoonFree, readSpentBudget, type SpentBudget } from '../sharing/spent-budget';
import { type FailureKind, isServerAway } from './failure-kind';
import { readRetryAfter } from './retry-delay';
import type { Run } from './run';

const mostPageCharacters = 300;

/** Why a run has no answer, or not the whole of it. */
export interface RunFailure {
  kind: FailureKind;
  status: number | null;
  code: string | null;
  /** The parameter that was refused, by its name on the wire; older ones have none. */
  param?: string;
  /** In the words of whoever complained; may be empty. */
  message: string;
  retryAfterSeconds: number | null;
  requestId: string | null;
  /** The request may have been carried out, so the same again may cost a second time. */
  mayBeCharged: boolean;
  /** The budget that it did not fit into. */
  budget?: SpentBudget | undefined;
}

const kindByCode: Partial<Record<string, FailureKind>> = {
  rate_limit_exceeded: 'rate_limit',
  queue_wait: 'queue_wait',
  budget_exceeded: 'budget_spent',
  upstream_timeout: 'timeout',
  upstream_unreachable: 'unreachable',
  upstream_invalid_answer: 'broken_answer',
  answer_too_large: 'answer_too_large',
  upstream_auth: 'operator',
  spool_full: 'spool_full',
  server_stopping: 'server_stopping',
  store_unavailable: 'store_unavailable',
  run_not_found: 'lost',
  run_gone: 'lost',
  origin_not_allowed: 'hidden_host',
  sign_in_required: 'signed_out',
  request_too_large: 'too_large',
} satisfies Partial<Record<ErrorCode, FailureKind>>;

/** Reads an answer with an error status: the envelope, or the page of a proxy in front of us. */
export function readRunFailure({
  status,
  headers,
  text,
  now,
}: {
  status: number;
  headers: Headers;
  text: string;
  now: number;
}): RunFailure {
  const body = parseJson(text);
  const envelope = readErrorEnvelope(body);
  const code = envelope?.error.code ?? null;
  const message = envelope?.error.message ?? '';
  const param = envelope?.error.param ?? undefined;
  const outcome = outcomeOf(code) ?? (status >= 500 ? 'unknown' : 'nothing');
  const type = envelope?.error.type;
  const read = envelope ? kindOf({ status, code, type, message }) : kindOfPage(status);
  const retryAfterSeconds = readRetryAfter(headers.get('retry-after'), now) ?? null;
  const budget =
    read === 'budget_spent' ? readSpentBudget(body, { now, retryAfterSeconds }) : undefined;
  // Whoever comes too early sends nothing, however long they have to wait.
  const isTooEarly = read === 'queue_wait' || read === 'budget_spent';
  // A picture that was held back has been made.
  const mayBeCharged =
    read === 'output_refused' ||
    outcome === 'unknown' ||
    // Nothing was made, though a repeat is of no use.
    (headers.get('x-should-retry') === 'false' && read !== 'quota_spent' && !isTooEarly);
  return {
    // A gateway that has the request was reached, whatever became of it.
    kind:
      read === 'unreachable' && mayBeCharged
        ? 'hung_up'
        : isSoonFree(budget)
          ? 'budget_wait'
          : read,
    status,
    code,
    param,
    message: envelope ? message : pageWords(text).slice(0, mostPageCharacters),
    retryAfterSeconds,
    requestId: headers.get('x-request-id'),
    mayBeCharged,
    ...(budget && { budget }),
  };
}

/** The failure for an error of our own, such as an answer that cannot be read. */
export function failureOfError({ code, message, safeToRepeat }: ApiError): RunFailure {
  return {
    kind: kindOf({ status: 0, code, message }),
    status: null,
    code,
    message,
    retryAfterSeconds: null,
    requestId: null,
    mayBeCharged: !safeToRepeat,
  };
}

/** The failure for an error that the gateway sent within an answer of status 200. */
export function failureOfEnvelope({ code, type, message }: ErrorEnvelope['error']): RunFailure {
  const said = { ...failureOfNetwork(message), code, mayBeCharged: true };
  const kind = kindOf({ status: 0, code, type, message });
  return { ...said, kind: kind === 'unknown' || kind === 'timeout' ? 'broken_off' : kind };
}

/** The failure of a start that has a place in the line; nothing was sent. */
export function failureOfTicket(): RunFailure {
  return { ...failureOfNetwork(''), kind: 'queue_wait' };
}

/** Why the server calls a run ended that has no whole answer. */
export function failureOfRun({
  state,
  status,
  error,
}: Pick<Run, 'state' | 'status' | 'error'>): RunFailure {
  const { code = null, message = '' } = error ?? {};
  const hadBegun = status !== null && status < 300;
  const isFull = code === 'spool_full';
  const isCut = hadBegun && (code === 'upstream_invalid_answer' || code === 'upstream_timeout');
  const kind = isCut ? 'broken_off' : kindOf({ status: 0, code, message });
  const failure: RunFailure = {
    kind,
    status: null,
    code,
    message,
    retryAfterSeconds: null,
    requestId: null,
    // Full at the start sends nothing; full in mid-answer is after the work was done. One that was
    // interrupted in its upload says so by its code, and so does one whose answer was lost.
    mayBeCharged: isFull || kind === 'lost' || outcomeOf(code) !== 'nothing',
  };
  return state === 'interrupted' && !isServerAway(failure)
    ? { ...failure, kind: 'interrupted' }
    : failure;
}

/** The failure of a run that the server took up and does not know any more. */
export function failureOfLostRun(): RunFailure {
  return { ...failureOfNetwork(''), kind: 'lost', mayBeCharged: true };
}

/** The failure where the answer is at the server, and what reads it here throws. @param message its words */
export function failureOfUnread(message: string): RunFailure {
  return { ...failureOfNetwork(message), kind: 'unread', mayBeCharged: true };
}

/** The failure where a file is no longer stored in this browser, so that nothing was sent. */
export function failureOfLostReference(name: string): RunFailure {
  return { ...failureOfNetwork(name), kind: 'reference_lost' };
}

/** The failure where the browser has no room for the files of a request, so that nothing was sent. */
export function failureOfFullBrowser(): RunFailure {
  return { ...failureOfNetwork(''), kind: 'browser_full' };
}

/** The failure where a sign-in is required; nothing was started. */
export function failureOfSignedOut(): RunFailure {
  return { ...failureOfNetwork(''), kind: 'signed_out' };
}

/** The failure where the server could not be reached, so that nothing was started. */
export function failureOfNetwork(message: string): RunFailure {
  return {
    kind: 'network',
    status: null,
    code: null,
    message,
    retryAfterSeconds: null,
    requestId: null,
    mayBeCharged: false,
  };
}

function outcomeOf(code: string | null): 'nothing' | 'unknown' | undefined {
  return Object.hasOwn(errorTable, code ?? '') ? errorTable[code as ErrorCode].outcome : undefined;
}

function kindOf({
  status,
  code,
  type = '',
  message,
}: {
  status: number;
  code: string | null;
  type?: string | undefined;
  message: string;
}): FailureKind {
  // The page gives a refused output no code, only these words.
  if (isHeldBack(message)) return 'output_refused';
  if (isContentRefusal({ code, type, message })) return 'prompt_refused';
  if (isQuotaSpent({ status, code, type })) return 'quota_spent';
  if (message === uploadCutWords) return 'upload_cut';
  if (message.includes(forOperatorWords)) return 'operator';
  const known = code !== null && Object.hasOwn(kindByCode, code) ? kindByCode[code] : undefined;
  if (known) return known;
  if (status === 429) return 'rate_limit';
  if (status === 413) return 'too_large';
  if (status === 504) return 'timeout';
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'refused' : 'unknown';
}

function kindOfPage(status: number): FailureKind {
  // A proxy that signs people in: our own 401 is an envelope.
  if (status === 401) return 'signed_out';
  if (status === 413) return 'proxy_too_large';
  if (status === 429) return 'rate_limit';
  if (status === 504 || status === 408) return 'proxy_timeout';
  return status === 502 || status === 503 ? 'proxy_unavailable' : 'unknown';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import 'server-only';
import { ApiError } from '../core/api-error';

/** A timeout for each single wait, not for the whole: an answer that trickles succeeds. */
export interface SilenceWatch {
  /** Starts the clock, or starts it anew; `reason` makes the error of the abort. */
  begin(reason: () => Error): void;
  /** Stops the clock: what was waited for has come. */
  end(): void;
}

/**
 * @param timeoutMs the longest silence
 * @param abort called with the reason of the wait that lasted too long
 */
export function createSilenceWatch(
  timeoutMs: number,
  abort: (reason: Error) => void,
): SilenceWatch {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin(reason) {
      clearTimeout(timer);
      timer = setTimeout(() => abort(reason()), timeoutMs);
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** The error of an upstream that said nothing for too long. */
export function upstreamSilent(): ApiError {
  return new ApiError({
    code: 'upstream_timeout',
    message:
      'The gateway was silent for longer than TURING_TIMEOUT_MS allows. It may have carried out ' +
      'the request, and charged it, all the same.',
  });
}

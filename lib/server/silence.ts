import 'server-only';

/** Watches for silence: aborts if a wait that was begun is not ended in time. */
export interface SilenceWatch {
  /** A wait begins, or begins anew; `reason` is what the abort will say. */
  begin(reason: () => Error): void;
  /** What was waited for has come. */
  end(): void;
}

/**
 * A deadline for each single wait, with none for the whole: an answer that trickles succeeds.
 * @param timeoutMs the longest silence
 * @param abort called once with the reason of the wait that lasted too long
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

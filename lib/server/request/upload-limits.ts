import 'server-only';
import { ApiError } from '../../core/api-error';
import { singleton } from '../singleton';
import type { BodyReader } from './body-reader';

// A client that sends nothing for so long has gone, or means harm.
const longestSilenceMs = 60_000;
// Each upload that is still coming costs memory, up to the megabyte that is read before it goes upstream.
const maxUploads = 128;
// Small requests, which are there at once, are never counted, and whoever moves is never the first to go.
const shortMs = 1000;
const lookEveryMs = 1000;

/** A wait for the next bytes of an upload. */
interface Wait {
  /** When the upload began, and when this wait did. */
  begun: number;
  since: number;
  refuse: (error: ApiError) => void;
}

/** The waits of all uploads of this process. */
interface Waits {
  /** @returns what ends it */
  begin(wait: Wait): () => void;
}

/**
 * A reader of an upload that gives up after 60 s of silence, and when too many uploads are still coming:
 * those that have been silent longest go first, then the latest. One that moves is never cut for its
 * slowness. The body itself stays open, so that its rest can still be drained.
 */
export function limitedReader(
  reader: BodyReader,
  waits: Waits = singleton('uploads', () => createWaits(maxUploads)),
): BodyReader {
  const begun = performance.now();
  return {
    read: () =>
      new Promise((resolve, reject) => {
        const end = waits.begin({ begun, since: performance.now(), refuse: reject });
        reader.read().finally(end).then(resolve, reject);
      }),
    cancel: (reason) => reader.cancel(reason),
  };
}

/** @param most how many uploads that last may be coming at once */
export function createWaits(most: number): Waits {
  const waits = new Set<Wait>();
  let timer: NodeJS.Timeout | undefined;

  const look = () => {
    const now = performance.now();
    const refuse = (wait: Wait, error: ApiError) => {
      waits.delete(wait);
      wait.refuse(error);
    };
    // The set has the longest wait first.
    const lasting = [...waits].filter(({ begun }) => now - begun >= shortMs);
    let tooMany = lasting.length - most;
    for (const wait of lasting) {
      const isSilent = now - wait.since >= shortMs;
      if (now - wait.since >= longestSilenceMs) refuse(wait, uploadSilent());
      else if (tooMany > 0 && isSilent) refuse(wait, tooManyUploads());
      else continue;
      tooMany -= 1;
    }
    const latest = [...waits].sort((one, other) => other.begun - one.begun);
    for (const wait of latest.filter(({ begun }) => now - begun >= shortMs)) {
      if (tooMany <= 0) break;
      refuse(wait, tooManyUploads());
      tooMany -= 1;
    }
    if (waits.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    begin(wait) {
      waits.add(wait);
      timer ??= setInterval(look, lookEveryMs).unref();
      return () => waits.delete(wait);
    },
  };
}

function uploadSilent(): ApiError {
  const seconds = longestSilenceMs / 1000;
  return new ApiError({
    code: 'invalid_value',
    message: `The request did not arrive completely: nothing came for ${seconds} seconds. Nothing was sent.`,
  });
}

function tooManyUploads(): ApiError {
  return new ApiError({
    code: 'rate_limit_exceeded',
    message: 'Too many requests are still being uploaded. Nothing was sent. Try again in a moment.',
  });
}

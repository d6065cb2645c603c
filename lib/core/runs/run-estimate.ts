import type { ImageEndpoint, ImageRequest } from '../endpoints/image-request';
import { parseSize } from '../sizes/sizes';

const remembered = 10;
const shareWhenExpected = 0.9;
const nearlyDone = 0.999;

/**
 * How long a run is likely to take, from how long comparable ones took: the median, which one slow
 * run does not move.
 * @param durations in ms, newest first
 * @returns undefined where nothing is known
 */
export function expectedDuration(durations: readonly number[]): number | undefined {
  const sorted = durations
    .filter((ms) => Number.isFinite(ms) && ms > 0)
    .slice(0, remembered)
    .sort((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/**
 * How far a run seems to be, from 0 to below 1: steady up to nine tenths at the time it was expected,
 * slower and slower after that. It never claims to be done.
 */
export function progressOf({
  elapsedMs,
  expectedMs,
}: {
  elapsedMs: number;
  expectedMs: number;
}): number {
  const share = Math.max(0, elapsedMs) / Math.max(1, expectedMs);
  if (share <= 1) return share * shareWhenExpected;
  // Begins at the speed that it had, so that nothing is seen of the seam.
  const over = ((share - 1) * shareWhenExpected) / (1 - shareWhenExpected);
  const rest = (1 - shareWhenExpected) * (1 - 1 / (1 + over));
  return Math.min(nearlyDone, shareWhenExpected + rest);
}

/**
 * Which runs are comparable in how long they take: of one endpoint, model, quality and number of
 * pictures, and of about as many pixels.
 */
export function kindOfRun(endpoint: ImageEndpoint, request: ImageRequest): string {
  const { model, quality, size = 'auto', n = 1 } = request;
  const sides = parseSize(size);
  const pixels = sides ? Math.round(Math.log2(sides.width * sides.height)) : size;
  const kind = [model, quality ?? '', pixels, n].join(' ');
  return endpoint === 'generations' ? kind : `${endpoint} ${kind}`;
}

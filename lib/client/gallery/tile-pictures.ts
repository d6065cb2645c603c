import { pause } from '../browser/timers';
import { connectWorker } from '../browser/worker-rpc';
import { loadPicture, untilCopied } from '../pictures/picture-files';
import { smallSide } from '../pictures/small-copies';
import type { PaintWorker } from './paint.worker';
import { createPaintQueue } from './paint-queue';

const worker = connectWorker<PaintWorker>(
  () => new Worker(new URL('./paint.worker.ts', import.meta.url), { type: 'module' }),
);

/** So many are read and decoded at a time: more only keep what is seen from being the next. */
const atOnce = 8;

/** The pictures of tiles, read and decoded in a worker. */
export const tilePictures = createPaintQueue(async ({ hash, height, isSharp = false }, signal) => {
  const wish = { hash, height, isSharp };
  if (!isSharp || height <= smallSide) await untilCopied(hash);
  const painted = await worker.call('paint', { ...wish, file: null }, { signal });
  if (!('trouble' in painted) || painted.trouble !== 'gone' || signal.aborted) return painted;
  // Where nothing can be stored, it is in this page's memory.
  const file = await loadPicture(hash);
  return file ? worker.call('paint', { ...wish, file }, { signal }) : painted;
}, atOnce);

/** After so long the tiles of what was read want their pictures. */
const renderMs = 60;

/** Waits for the pictures in view, a second at most: what goes through thousands of records would take their turn. */
export async function untilSeen(): Promise<void> {
  await pause(renderMs);
  await Promise.race([tilePictures.settled(), pause(1000)]);
}

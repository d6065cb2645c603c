import { createWorkerLine } from '../browser/worker-line';
import type { ShrinkOrder, ShrunkPicture } from './shrink-messages';

const order = createWorkerLine<ShrinkOrder, ShrunkPicture>(
  () => new Worker(new URL('./shrink.worker.ts', import.meta.url), { type: 'module' }),
);

/** A copy of a picture that is no larger than so many pixels; undefined if it cannot be decoded. */
export async function shrinkPicture(picture: Blob, longerSide: number): Promise<Blob | undefined> {
  return (await order({ picture, longerSide }))?.image;
}

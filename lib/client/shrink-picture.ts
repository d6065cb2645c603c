import type { ShrinkOrder, ShrunkPicture } from './shrink-messages';

const waiting = new Map<number, (image: Blob | undefined) => void>();
let worker: Worker | undefined;
let orders = 0;

/** A copy of a picture that is no larger than so many pixels; undefined if it cannot be decoded. */
export function shrinkPicture(picture: Blob, longerSide: number): Promise<Blob | undefined> {
  worker ??= openWorker();
  const order: ShrinkOrder = { id: ++orders, picture, longerSide };
  worker.postMessage(order);
  return new Promise((resolve) => waiting.set(order.id, resolve));
}

function openWorker(): Worker {
  const opened = new Worker(new URL('./shrink.worker.ts', import.meta.url), { type: 'module' });
  opened.onmessage = ({ data: { id, image } }: MessageEvent<ShrunkPicture>) => {
    waiting.get(id)?.(image);
    waiting.delete(id);
  };
  // Its script could not be loaded: whoever waits goes on without.
  opened.onerror = () => {
    for (const resolve of waiting.values()) resolve(undefined);
    waiting.clear();
    worker = undefined;
  };
  return opened;
}

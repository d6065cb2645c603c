import { history } from './history/history';
import { loadPicture } from './pictures';

const longerSide = 256;
let queue: Promise<unknown> = Promise.resolve();

/** A small copy of a kept picture; made at its first use, one after another, and kept. */
export async function loadThumbnail(hash: string): Promise<Blob | undefined> {
  const known = await history.loadThumbnail(hash).catch(() => undefined);
  if (known) return known;
  const made = queue.then(() => makeThumbnail(hash).catch(() => undefined));
  queue = made;
  return made;
}

async function makeThumbnail(hash: string): Promise<Blob | undefined> {
  const picture = await loadPicture(hash);
  if (!picture) return undefined;
  // Decoding a large picture must not hold up the one that is being looked at.
  await new Promise<void>((resolve) => whenIdle(resolve));
  const whole = await createImageBitmap(picture);
  const scale = Math.min(1, longerSide / Math.max(whole.width, whole.height));
  const [width, height] = [whole.width, whole.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number];
  const small = await createImageBitmap(whole, {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: 'medium',
  });
  whole.close();
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(small);
  const image = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  void history.saveThumbnail(hash, image).catch(() => {});
  return image;
}

function whenIdle(action: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(action, { timeout: 2000 });
  else setTimeout(action, 200);
}

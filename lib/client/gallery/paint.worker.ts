import { serveWorker, withTransfer } from '../browser/serve-worker';
import type { CallContext } from '../browser/worker-rpc';
import { smallCopyOf, smallSide } from '../pictures/small-copies';
import { readPatiently } from '../storage/database';
import { storedPictures } from '../storage/stored-pictures';
import type { Painted } from './paint-queue';

// Reads and decodes the pictures of tiles. On the page's thread each would cost a frame.

const methods = { paint };
export type PaintWorker = typeof methods;
serveWorker(methods);

/** The longer side of the copies that older pictures have. */
const olderSide = 256;

/** @param file the picture itself, where it is not stored */
async function paint(
  {
    hash,
    height,
    isSharp,
    file,
  }: { hash: string; height: number; isSharp: boolean; file: Blob | null },
  { signal }: CallContext,
): Promise<Painted> {
  const isWhole = isSharp && height > smallSide;
  // Where the browser stores nothing, it may be in the memory of the page, which is asked next.
  const stored =
    file || isWhole ? undefined : await storedCopy(hash, height).catch(() => 'unreadable' as const);
  if (stored === 'unreadable') return { trouble: 'gone' };
  if (stored) return painted(await decode(stored, height));
  if (signal.aborted) return { trouble: 'gone' };
  const whole = file ?? (await storedPictures.loadPicture(hash));
  if (!whole) return { trouble: 'gone' };
  const bitmap = await decode(whole, isWhole ? height : undefined, 1).catch(() => undefined);
  if (!bitmap) return { trouble: 'undecodable' };
  if (isWhole) return painted(bitmap);
  const { copy, color } = await smallCopyOf(bitmap);
  bitmap.close();
  void storedPictures.saveCopy(hash, 'small', copy, color).catch(() => {});
  return painted(await decode(copy, height));
}

async function storedCopy(hash: string, height: number): Promise<Blob | undefined> {
  const small = await readPatiently(() => storedPictures.loadCopy(hash, 'small'));
  // An older picture has a smaller copy, which does for a small tile.
  return small ?? (height <= olderSide ? storedPictures.loadCopy(hash, 'thumbnail') : undefined);
}

function painted(bitmap: ImageBitmap): Painted {
  return withTransfer({ bitmap }, [bitmap]);
}

/** @param most what is more than so many times as high takes more memory than it is worth, and is resized */
async function decode(file: Blob, height?: number, most = 2): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(file);
  if (height === undefined || bitmap.height <= height * most) return bitmap;
  const resized = await createImageBitmap(bitmap, {
    resizeHeight: height,
    resizeWidth: Math.max(1, Math.round((bitmap.width * height) / bitmap.height)),
    resizeQuality: 'medium',
  });
  bitmap.close();
  return resized;
}

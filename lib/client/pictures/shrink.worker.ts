import { shrinkBitmap } from './shrink-bitmap';
import type { ShrinkOrder, ShrunkPicture } from './shrink-messages';

// Makes small copies of pictures, so that the page never holds the bytes of a large one.

self.onmessage = async ({ data: { id, picture, longerSide } }: MessageEvent<ShrinkOrder>) => {
  const image = await shrink(picture, longerSide).catch(() => undefined);
  self.postMessage({ id, image } satisfies ShrunkPicture);
};

async function shrink(picture: Blob, longerSide: number): Promise<Blob> {
  const whole = await createImageBitmap(picture);
  try {
    return await shrinkBitmap(whole, longerSide);
  } finally {
    whole.close();
  }
}

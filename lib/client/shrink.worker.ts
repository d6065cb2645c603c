import type { ShrinkOrder, ShrunkPicture } from './shrink-messages';

// Makes small copies of pictures, so that the page never holds the bytes of a large one.

self.onmessage = async ({ data: { id, picture, longerSide } }: MessageEvent<ShrinkOrder>) => {
  const image = await shrink(picture, longerSide).catch(() => undefined);
  self.postMessage({ id, image } satisfies ShrunkPicture);
};

async function shrink(picture: Blob, longerSide: number): Promise<Blob> {
  const whole = await createImageBitmap(picture);
  const scale = Math.min(1, longerSide / Math.max(whole.width, whole.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(whole.width * scale)),
    Math.max(1, Math.round(whole.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(whole, 0, 0, canvas.width, canvas.height);
  whole.close();
  // It keeps transparency as PNG does, at a fraction of the size.
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
}

import type { ConvertedPicture, ConvertOrder } from './convert-messages';

// Writes pictures anew, at their full size and upright, where somebody has asked for it.

self.onmessage = async ({ data: { id, picture, to } }: MessageEvent<ConvertOrder>) => {
  const converted = await convert(picture, to).catch(() => undefined);
  self.postMessage({ id, picture: converted } satisfies ConvertedPicture);
};

async function convert(picture: Blob, to: ConvertOrder['to']): Promise<Blob> {
  const whole = await createImageBitmap(picture, { imageOrientation: 'from-image' });
  const canvas = new OffscreenCanvas(whole.width, whole.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('A canvas of this size has no context.');
  if (to === 'jpeg') {
    // What can be seen through would be black.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, whole.width, whole.height);
  }
  context.drawImage(whole, 0, 0);
  whole.close();
  return canvas.convertToBlob({ type: `image/${to}`, quality: 0.92 });
}

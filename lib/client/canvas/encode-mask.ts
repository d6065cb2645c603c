import { paintedShare, type Raster } from '../../core/mask/raster';

/**
 * A mask as the gateway takes it: a PNG of the picture's size, transparent where the picture will
 * change and opaque black elsewhere. The pixels are read before this returns its promise.
 * @returns no file if nothing is painted
 */
export function encodeMask(mask: Raster): Promise<{ blob: Blob | null; share: number }> {
  const share = paintedShare(mask);
  if (share === 0) return Promise.resolve({ blob: null, share });
  const { data, width, height } = mask;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) return Promise.reject(new Error('There is no memory for the mask’s file.'));
  const image = new ImageData(width, height);
  const pixels = new Uint8Array(image.data.buffer);
  // Black has no colour that a canvas could round while it multiplies it by the alpha.
  for (let index = 0; index < data.length; index++) {
    pixels[index * 4 + 3] = 255 - (data[index] as number);
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' }).then((blob) => ({ blob, share }));
}

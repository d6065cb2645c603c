import type { PicturePixels } from '../../core/mask/raster';
import { isOpaque } from '../../core/mask/shrink-pixels';
import type { Size } from '../../core/sizes/sizes';

/**
 * A picture's pixels, upright, in sRGB. What is opaque and has eight bits of sRGB comes as its file
 * has it, to the last bit.
 * @param colours `stored`: the numbers of the file, whatever colours they stand for
 */
export async function decodePixels(
  file: Blob,
  { colours = 'converted' }: { colours?: 'converted' | 'stored' } = {},
): Promise<PicturePixels> {
  const colorSpaceConversion = colours === 'stored' ? 'none' : 'default';
  const bitmap = await createImageBitmap(file, { colorSpaceConversion });
  try {
    return readPixels(bitmap, bitmap);
  } finally {
    bitmap.close();
  }
}

/** A picture's pixels at another size, as smooth as the browser can. */
export function scalePixels(pixels: PicturePixels, size: Size): PicturePixels {
  return readPixels(toCanvas(pixels), size);
}

/** A canvas that shows these pixels; of opaque ones it writes a file without transparency. */
export function toCanvas(pixels: PicturePixels): OffscreenCanvas {
  const { width, height, rgba } = pixels;
  const { canvas, context } = openCanvas({ width, height }, { alpha: !isOpaque(pixels) });
  const data = new ImageData(width, height);
  data.data.set(rgba);
  context.putImageData(data, 0, 0);
  return canvas;
}

function readPixels(source: CanvasImageSource, { width, height }: Size): PicturePixels {
  const { context } = openCanvas({ width, height });
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}

function openCanvas({ width, height }: Size, { alpha = true }: { alpha?: boolean } = {}) {
  const canvas = new OffscreenCanvas(width, height);
  // Its pixels are only read: on a graphics card they would have to come back first.
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha });
  if (!context) throw new Error('There is no memory for a canvas of this size.');
  return { canvas, context };
}

import { readImageHeader } from '../../core/bytes/image-header';
import {
  type CompressedRaster,
  compressRaster,
  createRaster,
  paintedShare,
  type Raster,
} from '../../core/mask/raster';
import type { Size } from '../../core/sizes/sizes';

/**
 * Encodes a mask as the gateway takes it (contract): a PNG of the picture's size, transparent where the
 * picture will change and opaque black elsewhere. The pixels are read before this returns its promise.
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
  // A canvas premultiplies colours by the alpha, which rounds them; black stays exact.
  for (let index = 0; index < data.length; index++) {
    pixels[index * 4 + 3] = 255 - (data[index] as number);
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' }).then((blob) => ({ blob, share }));
}

/** A picture file read as a mask. */
export type MaskFile =
  | {
      kind: 'mask';
      raster: CompressedRaster;
      /** What was read: the transparency of its pixels, or their lightness. */
      by: 'alpha' | 'lightness';
    }
  | { kind: 'other-size'; size: Size }
  | { kind: 'unreadable' }
  | { kind: 'too-large'; most: number };

const headerBytes = 64 * 1024;
/** A file of a few kilobytes can decode to more pixels than fit in memory. */
const mostPixels = 100_000_000;

/**
 * Reads a picture file as a mask. If it has transparent pixels, those will change, as the gateway reads
 * masks. If not, it is read as black and white, and white will change.
 */
export async function readMaskFile(file: Blob, size: Size, isScaled: boolean): Promise<MaskFile> {
  const header = readImageHeader(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()));
  if ((header?.width ?? 0) * (header?.height ?? 0) > mostPixels) {
    return { kind: 'too-large', most: mostPixels };
  }
  const bitmap = await createImageBitmap(file, {
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  }).catch(() => null);
  if (!bitmap) return { kind: 'unreadable' };
  const { width, height } = bitmap;
  const isOther = width !== size.width || height !== size.height;
  if (isOther && !isScaled) {
    bitmap.close();
    return { kind: 'other-size', size: { width, height } };
  }
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  const pixels = context?.getImageData(0, 0, size.width, size.height).data;
  if (!pixels) return { kind: 'unreadable' };
  return toMask(pixels, size);
}

function toMask(pixels: Uint8ClampedArray, size: Size): MaskFile {
  const mask = createRaster(size);
  const { data } = mask;
  let isTransparent = false;
  for (let index = 0; index < data.length; index++) {
    data[index] = 255 - (pixels[index * 4 + 3] as number);
    if (data[index] !== 0) isTransparent = true;
  }
  if (!isTransparent) {
    for (let index = 0; index < data.length; index++) {
      const [red, green, blue] = [index * 4, index * 4 + 1, index * 4 + 2];
      // The weights of Rec. 709.
      const lightness =
        0.2126 * (pixels[red] as number) +
        0.7152 * (pixels[green] as number) +
        0.0722 * (pixels[blue] as number);
      data[index] = Math.round(lightness);
    }
  }
  const by = isTransparent ? 'alpha' : 'lightness';
  return { kind: 'mask', raster: compressRaster(mask), by };
}

import { readImageHeader } from '../../core/bytes/image-header';
import { type MaskReading, readPictureMask } from '../../core/mask/picture-mask';
import {
  type CompressedRaster,
  compressRaster,
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
      by: MaskReading;
      /** It could be meant in the other way. */
      isAmbiguous: boolean;
      /** Much of it is marked in part. */
      isSoft: boolean;
    }
  | { kind: 'other-size'; size: Size }
  | { kind: 'unreadable' }
  | { kind: 'too-large'; most: number };

// In a JPEG, previews and profiles can precede the picture's size.
const headLengths = [64 * 1024, 64 * 1024 * 1024];
/** A file of a few kilobytes can decode to more pixels than fit in memory. */
const mostPixels = 100_000_000;

/** How a file is read: scaled to the picture's size or not; by what, if chosen; with hard edges only. */
export interface MaskFileReading {
  isScaled: boolean;
  by?: MaskReading;
  isHard?: boolean;
}

/** Reads a picture file as a mask of a size. */
export async function readMaskFile(
  file: Blob,
  size: Size,
  { isScaled, ...reading }: MaskFileReading,
): Promise<MaskFile> {
  if ((await pixelsOf(file)) > mostPixels) return { kind: 'too-large', most: mostPixels };
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
  const { mask, ...read } = readPictureMask({ ...size, rgba: pixels }, reading);
  return { kind: 'mask', raster: compressRaster(mask), ...read };
}

/** How many pixels a file decodes to, by its header; 0 if that does not tell. */
async function pixelsOf(file: Blob): Promise<number> {
  for (const length of headLengths) {
    const header = readImageHeader(new Uint8Array(await file.slice(0, length).arrayBuffer()));
    if (!header) return 0;
    const { width, height } = header;
    if (width !== undefined && height !== undefined) return width * height;
  }
  return 0;
}

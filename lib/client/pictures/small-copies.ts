import { type PixelLook, pixelLook } from '../../core/pictures/pixel-look';

/** The longer side of the copy that every list and wall of pictures shows, in pixels. */
export const smallSide = 512;

/** The longer side of a preview, which a card shows instead of a large picture, in pixels. */
export const previewSide = 1600;

/** Pictures of more bytes than this are shown on their card by a preview. */
export const largeBytes = 8 * 1024 * 1024;

/** The look of a picture is found in a copy with so many pixels per side. */
const samples = 64;

/** A small copy of a picture (WebP), and what was seen while it was made. */
export interface SmallCopy extends PixelLook {
  copy: Blob;
}

/** The small copy of a decoded picture. */
export async function smallCopyOf(whole: ImageBitmap | OffscreenCanvas): Promise<SmallCopy> {
  const shrunk = shrink(whole, smallSide);
  const sampled = new OffscreenCanvas(samples, samples).getContext('2d');
  sampled?.drawImage(shrunk, 0, 0, samples, samples);
  const { data } = sampled?.getImageData(0, 0, samples, samples) ?? { data: [] };
  return { copy: await encode(shrunk), ...pixelLook(data) };
}

/**
 * A copy of a decoded picture whose longer side has at most so many pixels: WebP; JPEG, which is made in
 * a tenth of the time, where it is known to have no transparency.
 */
export function shrinkBitmap(
  whole: ImageBitmap | OffscreenCanvas,
  longerSide: number,
  isOpaque = false,
): Promise<Blob> {
  return encode(shrink(whole, longerSide), isOpaque);
}

/**
 * The preview of a decoded picture, and its small copy, which is made of the preview's pixels: each look at
 * all pixels of a 4K picture takes a twentieth of a second.
 */
export async function previewOf(whole: ImageBitmap, isOpaque: boolean) {
  const shrunk = shrink(whole, previewSide);
  return { preview: await encode(shrunk, isOpaque), small: () => smallCopyOf(shrunk) };
}

function shrink(whole: ImageBitmap | OffscreenCanvas, longerSide: number): OffscreenCanvas {
  const scale = Math.min(1, longerSide / Math.max(whole.width, whole.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(whole.width * scale)),
    Math.max(1, Math.round(whole.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(whole, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encode(canvas: OffscreenCanvas, isOpaque = false): Promise<Blob> {
  if (isOpaque) return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  // WebP keeps transparency as PNG does, at a fraction of the size.
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
}

/** The longer side of a thumbnail, in pixels. */
export const thumbnailSide = 256;

/** The longer side of a preview, which a card shows instead of a large picture, in pixels. */
export const previewSide = 1600;

/** Pictures of more bytes than this are shown on their card by a preview. */
export const largeBytes = 8 * 1024 * 1024;

/** A small copy of a decoded picture (WebP), whose longer side has at most so many pixels. */
export function shrinkBitmap(
  whole: ImageBitmap | OffscreenCanvas,
  longerSide: number,
): Promise<Blob> {
  const scale = Math.min(1, longerSide / Math.max(whole.width, whole.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(whole.width * scale)),
    Math.max(1, Math.round(whole.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(whole, 0, 0, canvas.width, canvas.height);
  // WebP keeps transparency as PNG does, at a fraction of the size.
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
}

/** A small copy of a decoded picture, its longer side no longer than so many pixels. */
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
  // It keeps transparency as PNG does, at a fraction of the size.
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
}

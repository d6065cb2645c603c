const samples = 64;

/** Whether any of a picture can be seen through: an alpha channel alone does not say so. */
export async function isTransparent(picture: Blob): Promise<boolean> {
  const small = await createImageBitmap(picture, {
    resizeWidth: samples,
    resizeHeight: samples,
    resizeQuality: 'low',
  });
  const context = new OffscreenCanvas(samples, samples).getContext('2d');
  context?.drawImage(small, 0, 0);
  small.close();
  const pixels = context?.getImageData(0, 0, samples, samples).data ?? [];
  return pixels.some((value, index) => index % 4 === 3 && value < 250);
}

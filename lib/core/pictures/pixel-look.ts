/** What the pixels of a picture look like as a whole. */
export interface PixelLook {
  /** The mean colour as `#rrggbb`; each pixel counts by its opacity. */
  color: string;
  /** Whether any pixel is transparent. */
  isTransparent: boolean;
}

/** What is more opaque than this counts as opaque: scaling leaves traces. */
const opaque = 250;

/**
 * Looks at the pixels of a picture, or of a small copy of it.
 * @param pixels RGBA, 8 bits each, not premultiplied
 */
export function pixelLook(pixels: ArrayLike<number>): PixelLook {
  const sums = [0, 0, 0];
  let weight = 0;
  let isTransparent = false;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha < opaque) isTransparent = true;
    weight += alpha;
    for (const channel of [0, 1, 2]) {
      sums[channel] = (sums[channel] ?? 0) + (pixels[at + channel] ?? 0) * alpha;
    }
  }
  const mean = sums.map((sum) => (weight === 0 ? 0 : Math.round(sum / weight)));
  const color = `#${mean.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  return { color, isTransparent };
}

import type { Size } from '../sizes/sizes';
import type { PicturePixels, Raster } from './raster';

/** Which pixels of a longer line one pixel of a shorter line covers, and how much of the outer two. */
interface Span {
  first: number;
  last: number;
  /** How much of the first and of the last, from 0 to 1; those between count whole. */
  firstShare: number;
  lastShare: number;
}

/**
 * A picture at another size by area averaging: each pixel is the mean of what it covers, so nothing
 * is sharpened, shifted or lost. Its colours are premultiplied: what cannot be seen does not count.
 */
export function averagePixels(picture: PicturePixels, { width, height }: Size): PicturePixels {
  const isSameSize = picture.width === width && picture.height === height;
  if (isSameSize && isOpaque(picture)) return picture;
  const rgba = new Uint8ClampedArray(width * height * 4);
  const across = spans(picture.width, width);
  const down = spans(picture.height, height);
  const sum = new Float32Array(width * 4);
  const row = new Float32Array(width * 4);
  let averaged = -1;
  for (let y = 0; y < height; y++) {
    const { first, last, firstShare, lastShare } = down[y] as Span;
    sum.fill(0);
    let weight = 0;
    for (let source = first; source <= last; source++) {
      // The row on the edge of two belongs to both.
      if (source !== averaged) averageRow({ picture, y: source, spans: across, into: row });
      averaged = source;
      const share = source === first ? firstShare : source === last ? lastShare : 1;
      for (let at = 0; at < row.length; at++) (sum[at] as number) += (row[at] as number) * share;
      weight += share;
    }
    const start = y * width * 4;
    for (let at = 0; at < sum.length; at++) rgba[start + at] = (sum[at] as number) / weight;
  }
  return { width, height, rgba };
}

/** Whether every pixel of a picture is opaque. */
export function isOpaque({ rgba }: { rgba: ArrayLike<number> }): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}

function averageRow({
  picture: { width, rgba },
  y,
  spans: across,
  into,
}: {
  picture: PicturePixels;
  y: number;
  spans: readonly Span[];
  into: Float32Array;
}): void {
  let to = 0;
  for (const { first, last, firstShare, lastShare } of across) {
    let [red, green, blue, alpha, weight] = [0, 0, 0, 0, 0];
    for (let x = first; x <= last; x++) {
      const at = (y * width + x) * 4;
      const share = x === first ? firstShare : x === last ? lastShare : 1;
      const opacity = rgba[at + 3] as number;
      const seen = (share * opacity) / 255;
      red += (rgba[at] as number) * seen;
      green += (rgba[at + 1] as number) * seen;
      blue += (rgba[at + 2] as number) * seen;
      alpha += opacity * share;
      weight += share;
    }
    into[to++] = red / weight;
    into[to++] = green / weight;
    into[to++] = blue / weight;
    into[to++] = alpha / weight;
  }
}

/** A mask at another size: a pixel is kept only where all that it covers is kept. */
export function shrinkMask(mask: Raster, { width, height }: Size): Raster {
  const data = new Uint8Array(width * height);
  const across = spans(mask.width, width);
  spans(mask.height, height).forEach(({ first: top, last: bottom }, y) => {
    for (let source = top; source <= bottom; source++) {
      const row = source * mask.width;
      for (let x = 0; x < width; x++) {
        const { first, last } = across[x] as Span;
        for (let at = row + first; at <= row + last; at++) {
          const value = mask.data[at] as number;
          if (value > (data[y * width + x] as number)) data[y * width + x] = value;
        }
      }
    }
  });
  return { width, height, data };
}

function spans(from: number, to: number): Span[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, index) => {
    const [start, end] = [index * scale, (index + 1) * scale];
    const first = Math.floor(start);
    // Spans meet at their ends: a rounding error beyond a pixel's edge counts as none of it.
    const last = Math.min(from - 1, Math.max(first, Math.ceil(end - 1e-6) - 1));
    const firstShare = Math.min(end, first + 1) - start;
    return { first, last, firstShare, lastShare: end - last };
  });
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { drawMarkLayer } from './drawing';
import { markSize } from './mark';
import { openPixels, type Pixels, toPixels } from './raster';
import { frameFor } from './shapes';

/**
 * Repaints what a mask leaves open (alpha 0); where it covers (alpha 255), every byte of the
 * original stays; between them both are mixed. All three have one size.
 */
export async function repaint({
  original,
  mask,
  painted,
  signal,
}: {
  original: Pixels;
  mask: Pixels;
  painted: Pixels;
  signal: AbortSignal;
}): Promise<Pixels> {
  const result = Buffer.from(original.rgba);
  // In strips, so that the event loop of the server it runs in is not held up.
  const strip = 4 * 262_144;
  for (let start = 0; start < result.length; start += strip) {
    signal.throwIfAborted();
    mixStrip(result, mask.rgba, painted.rgba, start, Math.min(start + strip, result.length));
    await nextTurn();
  }
  return { rgba: result, size: original.size };
}

function mixStrip(result: Buffer, mask: Buffer, painted: Buffer, start: number, end: number): void {
  for (let at = start; at < end; at += 4) {
    const kept = mask[at + 3] ?? 255;
    if (kept === 255) continue;
    // Each colour counts as much as it shows: what is transparent has none of its own.
    const before = (result[at + 3] ?? 0) * kept;
    const after = (painted[at + 3] ?? 0) * (255 - kept);
    for (let channel = at; channel < at + 3 && before + after > 0; channel++) {
      const sum = (result[channel] ?? 0) * before + (painted[channel] ?? 0) * after;
      result[channel] = Math.round(sum / (before + after));
    }
    result[at + 3] = Math.round((before + after) / 255);
  }
}

/** Puts the mark where the mask is open: outside it, not a pixel may change. */
export async function markInside(painted: Pixels, mask: Pixels): Promise<Pixels> {
  const place = findPlace(mask);
  if (!place) return painted;
  return toPixels(
    openPixels(painted).composite([{ input: Buffer.from(drawMarkLayer(painted.size, place)) }]),
  );
}

function findPlace({ rgba, size }: Pixels): { x: number; y: number } | undefined {
  const [left, top, right, bottom] = [size.width, size.height, -1, -1];
  const box = { left, top, right, bottom };
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      if ((rgba[(y * size.width + x) * 4 + 3] ?? 255) > 127) continue;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      box.bottom = y;
    }
  }
  if (box.right < 0) return undefined;
  const scale = size.width / frameFor(size).width;
  const [width, height] = [markSize.width * scale, markSize.height * scale];
  const inset = height * 0.6;
  const [centre, middle] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const places = [
    { x: box.right - width - inset, y: box.bottom - height - inset },
    { x: centre - width / 2, y: box.bottom - height - inset },
    { x: centre - width / 2, y: middle + (box.bottom - middle) / 2 - height / 2 },
    { x: centre - width / 2, y: middle - height / 2 },
  ];
  const isOpen = (x: number, y: number) => {
    const [column, row] = [Math.round(x), Math.round(y)];
    const inPicture = column >= 0 && row >= 0 && column < size.width && row < size.height;
    return inPicture && (rgba[(row * size.width + column) * 4 + 3] ?? 255) <= 127;
  };
  const fits = ({ x, y }: { x: number; y: number }) =>
    [x, x + width / 2, x + width].every(
      (column) => isOpen(column, y) && isOpen(column, y + height),
    );
  return places.find(fits) ?? places.at(-1);
}

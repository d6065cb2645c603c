import type { Sharp } from 'sharp';
import { drawMarkLayer, drawOverlay, drawSubjectLayer, paletteFor, type Sketch } from './drawing';
import { type Oklch, toRgb } from './oklch';
import { openPixels, type Pixels } from './raster';

/**
 * Changes a picture so that anyone sees it: toned towards the prompt's leading colour, with forms
 * drawn over it. Its transparency stays; a picture without any gets some on request.
 * @param strength 0 (barely toned) to 1 (one colour)
 */
export function retouch({
  base,
  sketch,
  strength,
  transparent,
}: {
  base: Pixels;
  sketch: Sketch;
  strength: number;
  transparent: boolean;
}): Sharp {
  const layer = (svg: string) => ({ input: Buffer.from(svg) });
  const cutsOut = transparent && isOpaque(base);
  // sharp tones before it lays the layers on, whatever the order here.
  return openPixels(base)
    .recomb(toning(paletteFor(sketch).lead, strength))
    .composite([
      { ...layer(drawOverlay(sketch)), blend: 'atop' },
      ...(cutsOut ? [{ ...layer(drawSubjectLayer(sketch)), blend: 'dest-in' as const }] : []),
      layer(drawMarkLayer(sketch.size, cutsOut ? 'subject' : 'corner')),
    ]);
}

/** Whether no pixel lets anything through. */
export function isOpaque({ rgba }: Pixels): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}

type Row = [number, number, number];

// Every channel keeps a part of itself; the rest becomes the lead colour, as bright as the pixel.
function toning(lead: Oklch, strength: number): [Row, Row, Row] {
  const tint = toRgb({ ...lead, lightness: 0.72, chroma: Math.min(lead.chroma, 0.16) });
  const brightness = (0.2126 * tint[0] + 0.7152 * tint[1] + 0.0722 * tint[2]) / 255;
  const rowFor = (channel: 0 | 1 | 2): Row => {
    const share = (strength * tint[channel]) / 255 / brightness;
    const row: Row = [0.2126 * share, 0.7152 * share, 0.0722 * share];
    row[channel] += 1 - strength;
    return row;
  };
  return [rowFor(0), rowFor(1), rowFor(2)];
}

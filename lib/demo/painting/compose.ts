import type { Sharp } from 'sharp';
import { collage } from './collage';
import { drawBackdrop, type Sketch } from './drawing';
import {
  decodePicture,
  encodePicture,
  type Output,
  openDrawing,
  openPixels,
  type Pixels,
  toPixels,
} from './raster';
import { markInside, repaint } from './repaint';
import { isOpaque, retouch } from './retouch';

/** An input picture and the field to name if it cannot be decoded. */
export interface Source {
  bytes: Buffer;
  param: string;
}

interface Composition {
  /** At least one. */
  sources: readonly [Source, ...Source[]];
  sketch: Sketch;
  /** How far one picture is toned towards the prompt's colours, 0 to 1. */
  strength: number;
  background: 'auto' | 'opaque' | 'transparent';
  output: Output;
}

/** Paints over one input picture, or lays several of them out in one. */
export async function paintOver(composition: Composition): Promise<Buffer> {
  const { sources, sketch, strength, background, output } = composition;
  const transparent = background === 'transparent';
  if (sources.length > 1) {
    const backdrop = transparent ? undefined : drawBackdrop(sketch);
    const image = await collage({ backdrop, size: sketch.size, pictures: sources, marked: true });
    return encodePicture({ image, output, opaque: !transparent });
  }
  const base = await decodePicture({ ...sources[0], size: sketch.size });
  const image = retouch({ base, sketch, strength, transparent });
  if (background === 'opaque') image.flatten({ background: '#fff' });
  const opaque = background === 'opaque' || (!transparent && isOpaque(base));
  return encodePicture({ image, output, opaque });
}

/**
 * Repaints the first picture where the mask is open, with the other pictures in what is painted.
 * Where input and output have one size, everything that the mask covers stays byte by byte.
 */
export async function paintInside({
  mask: maskSource,
  keepsLikeness,
  signal,
  ...composition
}: Composition & {
  mask: Source;
  /** Paints over what was there (input_fidelity high) instead of something new. */
  keepsLikeness: boolean;
  signal: AbortSignal;
}): Promise<Buffer> {
  const { sources, sketch, output } = composition;
  const { size } = sketch;
  const original = await decodePicture({ ...sources[0], size, asStored: true });
  const mask = await decodePicture({ ...maskSource, size, asStored: true });
  const painted = await toPixels(await paintFresh({ ...composition, original, keepsLikeness }));
  const marked = await markInside(painted, mask);
  const result = await repaint({ original, mask, painted: marked, signal });
  return encodePicture({ image: openPixels(result), output, opaque: isOpaque(result) });
}

async function paintFresh({
  sources,
  sketch,
  strength,
  original,
  keepsLikeness,
}: Composition & { original: Pixels; keepsLikeness: boolean }): Promise<Sharp> {
  const [, ...others] = sources;
  if (others.length > 0) {
    const backdrop = drawBackdrop(sketch);
    return collage({ backdrop, size: sketch.size, pictures: others, marked: false });
  }
  if (!keepsLikeness) return openDrawing(drawBackdrop(sketch));
  return retouch({ base: original, sketch, strength, transparent: false });
}

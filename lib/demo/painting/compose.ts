import { setImmediate as nextTurn } from 'node:timers/promises';
import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import { isOpaque } from '../../core/mask/shrink-pixels';
import type { Size } from '../../core/sizes/sizes';
import { leadingColour, toRgb } from './colours';
import {
  drawBackdrop,
  drawMark,
  drawOverlay,
  drawSubject,
  type MarkPlace,
  markSize,
  type Sketch,
} from './drawing';
import {
  decodePicture,
  encodePicture,
  type Output,
  openDrawing,
  openPixels,
  type Pixels,
  type Source,
  toPixels,
} from './pixels';

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
  const { sources, sketch, background, output } = composition;
  const transparent = background === 'transparent';
  if (sources.length > 1) {
    const ground = transparent ? undefined : drawBackdrop(sketch);
    const image = await collage(sources, sketch.size, { ground, marked: true });
    return encodePicture(image, output, !transparent);
  }
  const base = await decodePicture(sources[0], sketch.size);
  const image = retouch(base, composition);
  if (background === 'opaque') image.flatten({ background: '#fff' });
  const opaque = background === 'opaque' || (!transparent && isOpaque(base));
  return encodePicture(image, output, opaque);
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
  const [first, ...others] = sources;
  const original = await decodePicture(first, size, 'asStored');
  const mask = await decodePicture(maskSource, size, 'asStored');
  let fresh = openDrawing(drawBackdrop(sketch));
  if (others.length > 0) {
    fresh = await collage(others, size, { ground: drawBackdrop(sketch), marked: false });
  } else if (keepsLikeness) {
    fresh = retouch(original, { ...composition, background: 'auto' });
  }
  const place = markPlaceIn(mask);
  const unmarked = await toPixels(fresh);
  const painted = place
    ? await toPixels(openPixels(unmarked).composite([markLayer(size, place)]))
    : unmarked;
  const rgba = await mixByMask({ original, mask, painted, signal });
  const result = { rgba, size };
  return encodePicture(openPixels(result), output, isOpaque(result));
}

/**
 * Changes a picture so that anyone sees it: toned towards the prompt's leading colour, with a sun
 * and ridges drawn over it. Its transparency stays; an opaque picture gets some on request.
 */
function retouch(
  base: Pixels,
  { sketch, strength, background }: Pick<Composition, 'sketch' | 'strength' | 'background'>,
): Sharp {
  const cutsOut = background === 'transparent' && isOpaque(base);
  const layers: OverlayOptions[] = [{ ...svgLayer(drawOverlay(sketch)), blend: 'atop' }];
  if (cutsOut) layers.push({ ...svgLayer(drawSubject(sketch)), blend: 'dest-in' });
  // sharp tones before it lays the layers on, whatever the order of the calls.
  return openPixels(base)
    .recomb(toning(sketch.prompt, strength))
    .composite([...layers, markLayer(sketch.size, cutsOut ? 'subject' : 'corner')]);
}

type Row = [number, number, number];

// Every channel keeps a part of itself; the rest becomes the lead colour, as bright as the pixel.
function toning(prompt: string, strength: number): [Row, Row, Row] {
  const [, chroma, hue] = leadingColour(prompt);
  const tint = toRgb([0.72, Math.min(chroma, 0.16), hue]);
  const weights: Row = [0.2126, 0.7152, 0.0722];
  const brightness = weights.reduce((sum, weight, at) => sum + weight * (tint[at] ?? 0), 0);
  return [0, 1, 2].map((channel) =>
    weights.map((weight, at) => {
      const toned = (strength * weight * (tint[channel] ?? 0)) / brightness;
      return at === channel ? toned + 1 - strength : toned;
    }),
  ) as [Row, Row, Row];
}

/**
 * Lays pictures over a ground like prints on a table. They are decoded one after another, each to
 * the size of its print, so that sixteen large photographs never stand in memory side by side.
 * @param ground SVG; a transparent ground if absent
 */
async function collage(
  sources: readonly Source[],
  size: Size,
  { ground, marked }: { ground: string | undefined; marked: boolean },
): Promise<Sharp> {
  const layers: OverlayOptions[] = [];
  for (const [index, cell] of gridCells(sources.length, size).entries()) {
    const source = sources[index];
    if (!source) break;
    const border = Math.max(1, Math.round(Math.min(cell.width, cell.height) * 0.03));
    const room = (side: number) => Math.max(1, side - 2 * border);
    const inner = { width: room(cell.width), height: room(cell.height) };
    const print = await decodePicture(source, inner, 'inside');
    const { width, height } = print.size;
    const left = cell.left + Math.round((cell.width - width) / 2);
    const top = cell.top + Math.round((cell.height - height) / 2);
    const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * border}" height="${height + 2 * border}"><rect width="100%" height="100%" rx="${border}" fill="#fff"/></svg>`;
    layers.push(
      { ...svgLayer(paper), left: left - border, top: top - border },
      { input: print.rgba, raw: { width, height, channels: 4 }, left, top },
    );
  }
  const nothing = { r: 0, g: 0, b: 0, alpha: 0 };
  const table = ground
    ? openDrawing(ground)
    : sharp({ create: { ...size, channels: 4, background: nothing } });
  return table.composite(marked ? [...layers, markLayer(size, 'corner')] : layers);
}

/** Cells for so many pictures, in rows that fill the size evenly; the last row is centred. */
export function gridCells(count: number, size: Size): (Size & { left: number; top: number })[] {
  const squarish = Math.round(Math.sqrt((count * size.width) / size.height));
  const columns = Math.min(count, Math.max(1, squarish));
  const rows = Math.ceil(count / columns);
  const gap = Math.max(1, Math.round(Math.min(size.width, size.height) * 0.04));
  const width = Math.max(1, Math.floor((size.width - gap * (columns + 1)) / columns));
  const height = Math.max(1, Math.floor((size.height - gap * (rows + 1)) / rows));
  return Array.from({ length: count }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const indent = Math.round(((columns - inRow) * (width + gap)) / 2);
    const left = gap + indent + column * (width + gap);
    return { left, top: gap + row * (height + gap), width, height };
  });
}

/**
 * Takes the painted picture where the mask is open (alpha 0) and every byte of the original where
 * it covers (alpha 255); between them both are mixed. All three have one size.
 */
async function mixByMask({
  original,
  mask,
  painted,
  signal,
}: {
  original: Pixels;
  mask: Pixels;
  painted: Pixels;
  signal: AbortSignal;
}): Promise<Buffer> {
  const result = Buffer.from(original.rgba);
  // In strips, so that the event loop of the server it runs in is not held up.
  const strip = 4 * 262_144;
  for (let start = 0; start < result.length; start += strip) {
    signal.throwIfAborted();
    const end = Math.min(start + strip, result.length);
    for (let at = start; at < end; at += 4) {
      const kept = mask.rgba[at + 3] ?? 255;
      if (kept === 255) continue;
      // Each colour counts as much as it shows: what is transparent has none of its own.
      const before = (result[at + 3] ?? 0) * kept;
      const after = (painted.rgba[at + 3] ?? 0) * (255 - kept);
      for (let channel = at; channel < at + 3 && before + after > 0; channel++) {
        const sum = (result[channel] ?? 0) * before + (painted.rgba[channel] ?? 0) * after;
        result[channel] = Math.round(sum / (before + after));
      }
      result[at + 3] = Math.round((before + after) / 255);
    }
    await nextTurn();
  }
  return result;
}

// Outside the mask's opening no pixel may change, so the mark stands where the opening is widest.
function markPlaceIn({ rgba, size }: Pixels): MarkPlace | undefined {
  let widest = { length: 0, x: 0, y: 0 };
  for (let y = 0; y < size.height; y++) {
    for (let x = 0, length = 0; x < size.width; x++) {
      length = (rgba[(y * size.width + x) * 4 + 3] ?? 255) <= 127 ? length + 1 : 0;
      if (length >= widest.length) widest = { length, x, y };
    }
  }
  if (widest.length === 0) return undefined;
  const { width, height } = markSize(size);
  return { x: widest.x - (widest.length + width) / 2, y: widest.y - 1.6 * height };
}

function markLayer(size: Size, place: MarkPlace): OverlayOptions {
  return svgLayer(drawMark(size, place));
}

function svgLayer(svg: string): OverlayOptions {
  return { input: Buffer.from(svg) };
}

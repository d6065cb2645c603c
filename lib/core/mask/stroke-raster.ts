import type { View } from '../pictures/viewer-geometry';
import type { StrokePoint, StrokeStyle } from './operations';
import { type Box, boxWithin, joinBoxes, type PaintMode, type Raster } from './raster';

/**
 * What a stroke is: each of its segments is swept by a disc whose radius changes evenly from one
 * point to the next. A pixel is covered by how far the disc reaches beyond its centre at best: not at
 * all half a pixel outside the disc's edge, wholly where the falloff ends. The falloff is one pixel
 * at hardness 1 (an edge without steps) and the mean radius of the segment at hardness 0; a falloff
 * of more than a pixel is rounded at both ends (smoothstep).
 *
 * Adding takes the greater of what is there and the cover; erasing the lesser of what is there and
 * what the cover leaves. So nothing gets darker where a stroke crosses itself, segments may be
 * painted as they come, and one that is painted twice changes nothing.
 */
interface Segment {
  x: number;
  y: number;
  /** Unit vector along the segment; any for a dot. */
  alongX: number;
  alongY: number;
  length: number;
  radius: number;
  /** How much the radius shrinks for each pixel of the way. */
  taper: number;
  falloff: number;
}

/** Paints the segments between points; a single point is a dot. @returns the pixels touched */
export function paintStroke({
  raster,
  view,
  style,
  points,
}: {
  raster: Raster;
  view: View;
  style: StrokeStyle;
  points: readonly StrokePoint[];
}): Box | null {
  let touched: Box | null = null;
  for (let index = Math.min(1, points.length - 1); index >= 0 && index < points.length; index++) {
    const from = points[Math.max(0, index - 1)] as StrokePoint;
    const to = points[index] as StrokePoint;
    const box = paintSegment(
      raster,
      segmentOf({ from, to, view, hardness: style.hardness }),
      style,
    );
    touched = joinBoxes(touched, box);
  }
  return touched;
}

function segmentOf({
  from,
  to,
  view: { scale, x, y },
  hardness,
}: {
  from: StrokePoint;
  to: StrokePoint;
  view: View;
  hardness: number;
}): Segment {
  const radii = [from.radius * scale, to.radius * scale] as const;
  const across = (to.x - from.x) * scale;
  const down = (to.y - from.y) * scale;
  const length = Math.hypot(across, down);
  const falloff = Math.max(1, ((radii[0] + radii[1]) / 2) * (1 - hardness));
  // One disc lies within the other, so the segment is the larger disc.
  if (length <= Math.abs(radii[0] - radii[1])) {
    const larger = radii[0] >= radii[1] ? from : to;
    return {
      x: larger.x * scale + x,
      y: larger.y * scale + y,
      alongX: 1,
      alongY: 0,
      length: 0,
      radius: Math.max(...radii),
      taper: 0,
      falloff,
    };
  }
  return {
    x: from.x * scale + x,
    y: from.y * scale + y,
    alongX: across / length,
    alongY: down / length,
    length,
    radius: radii[0],
    taper: (radii[0] - radii[1]) / length,
    falloff,
  };
}

/** How far a segment covers the pixel whose centre is given, from 0 to 1. */
export function segmentCover(segment: Segment, x: number, y: number): number {
  const { alongX, alongY, length, radius, taper, falloff } = segment;
  const along = (x - segment.x) * alongX + (y - segment.y) * alongY;
  const aside = Math.abs((y - segment.y) * alongX - (x - segment.x) * alongY);
  // The disc that reaches furthest is not beside the pixel if the radius changes.
  const lean = taper / Math.sqrt(1 - taper * taper);
  const at = Math.min(length, Math.max(0, along - lean * aside));
  const away = Math.sqrt((along - at) * (along - at) + aside * aside);
  const cover = (radius - taper * at + 0.5 - away) / falloff;
  if (cover <= 0) return 0;
  if (cover >= 1) return 1;
  return falloff === 1 ? cover : cover * cover * (3 - 2 * cover);
}

function paintSegment(raster: Raster, segment: Segment, { mode }: StrokeStyle): Box | null {
  const { data, width } = raster;
  const { x, y, alongX, alongY, length, radius, taper, falloff } = segment;
  const [endX, endY] = [x + alongX * length, y + alongY * length];
  const reach = [radius + 0.5, radius - taper * length + 0.5] as const;
  const box = boxWithin(raster, {
    left: Math.min(x - reach[0], endX - reach[1]),
    top: Math.min(y - reach[0], endY - reach[1]),
    right: Math.max(x + reach[0], endX + reach[1]),
    bottom: Math.max(y + reach[0], endY + reach[1]),
  });
  if (!box) return null;
  const outer = outlineOf(segment, 0);
  const inner = outlineOf(segment, falloff);
  const full = mode === 'add' ? 255 : 0;
  for (let row = box.top; row < box.bottom; row++) {
    const middle = row + 0.5;
    spanAt(outer, middle);
    // The pixels whose centres are in the outline.
    const first = Math.max(box.left, Math.ceil(spanStart - 0.5));
    const end = Math.min(box.right, Math.floor(spanEnd - 0.5) + 1);
    if (first >= end) continue;
    spanAt(inner, middle);
    const fullFirst = Math.min(end, Math.max(first, Math.ceil(spanStart - 0.5)));
    const fullEnd = Math.max(fullFirst, Math.min(end, Math.floor(spanEnd - 0.5) + 1));
    const start = row * width;
    if (fullFirst < fullEnd) data.fill(full, start + fullFirst, start + fullEnd);
    coverSpan({ data, start, row, segment, mode, from: first, to: fullFirst });
    coverSpan({ data, start, row, segment, mode, from: fullEnd, to: end });
  }
  return box;
}

function coverSpan({
  data,
  start,
  row,
  segment,
  mode,
  from,
  to,
}: {
  data: Uint8Array;
  start: number;
  row: number;
  segment: Segment;
  mode: PaintMode;
  from: number;
  to: number;
}): void {
  for (let column = from; column < to; column++) {
    const value = (segmentCover(segment, column + 0.5, row + 0.5) * 255 + 0.5) | 0;
    const before = data[start + column] as number;
    if (mode === 'add') {
      if (value > before) data[start + column] = value;
    } else if (255 - value < before) data[start + column] = 255 - value;
  }
}

/** The convex outline of a swept disc: two discs, and the lines that touch both. */
interface Outline {
  discs: readonly { x: number; y: number; radius: number }[];
  lines: readonly { x0: number; y0: number; x1: number; y1: number }[];
}

/** The outline of what is covered at all, drawn in by some pixels. */
function outlineOf(
  { x, y, alongX, alongY, length, radius, taper }: Segment,
  drawnIn: number,
): Outline {
  const end = { x: x + alongX * length, y: y + alongY * length };
  const discs = [
    { x, y, radius: radius + 0.5 - drawnIn },
    { ...end, radius: radius - taper * length + 0.5 - drawnIn },
  ];
  const [first, last] = discs as [Outline['discs'][number], Outline['discs'][number]];
  if (length === 0 || first.radius <= 0 || last.radius <= 0) return { discs, lines: [] };
  const aside = Math.sqrt(1 - taper * taper);
  const lines = [aside, -aside].map((side) => {
    const normal = { x: taper * alongX - side * alongY, y: taper * alongY + side * alongX };
    return {
      x0: first.x + first.radius * normal.x,
      y0: first.y + first.radius * normal.y,
      x1: last.x + last.radius * normal.x,
      y1: last.y + last.radius * normal.y,
    };
  });
  return { discs, lines };
}

// What `spanAt` found last: two numbers, so that nothing is allocated for a row.
let spanStart = 0;
let spanEnd = 0;

/** Finds where a row's line enters an outline and leaves it. */
function spanAt({ discs, lines }: Outline, y: number): void {
  spanStart = Number.POSITIVE_INFINITY;
  spanEnd = Number.NEGATIVE_INFINITY;
  for (const disc of discs) {
    const down = y - disc.y;
    if (disc.radius <= 0 || Math.abs(down) > disc.radius) continue;
    const half = Math.sqrt(disc.radius * disc.radius - down * down);
    spanStart = Math.min(spanStart, disc.x - half);
    spanEnd = Math.max(spanEnd, disc.x + half);
  }
  for (const { x0, y0, x1, y1 } of lines) {
    if (y < Math.min(y0, y1) || y > Math.max(y0, y1) || y0 === y1) continue;
    const x = x0 + ((x1 - x0) * (y - y0)) / (y1 - y0);
    spanStart = Math.min(spanStart, x);
    spanEnd = Math.max(spanEnd, x);
  }
}

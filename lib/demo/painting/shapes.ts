/** The drawing area in its own units: the shorter side has 1000, whatever the pixels. */
export interface Frame {
  width: number;
  height: number;
}

/** The frame for a picture of this many pixels. */
export function frameFor({ width, height }: { width: number; height: number }): Frame {
  const scale = 1000 / Math.min(width, height);
  return { width: width * scale, height: height * scale };
}

/** A number as SVG needs it, short. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A gradient from top to bottom of what it fills. */
export function gradient({
  id,
  stops,
  radial = false,
}: {
  id: string;
  /** Colour and, where it is not 1, opacity; spread evenly. */
  stops: readonly (readonly [colour: string, opacity?: number])[];
  radial?: boolean;
}): string {
  const inside = stops.map(([colour, opacity = 1], index) => {
    const offset = short(index / (stops.length - 1));
    return `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
  });
  return radial
    ? `<radialGradient id="${id}">${inside.join('')}</radialGradient>`
    : `<linearGradient id="${id}" x2="0" y2="1">${inside.join('')}</linearGradient>`;
}

export function circle(x: number, y: number, radius: number, fill: string, opacity = 1): string {
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${fill}" fill-opacity="${opacity}"/>`;
}

export function rectangle(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  fill: string,
  { radius = 0, opacity = 1 }: { radius?: number; opacity?: number } = {},
): string {
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" rx="${short(radius)}" fill="${fill}" fill-opacity="${opacity}"/>`;
}

/** A point in frame units. */
export type Point = readonly [x: number, y: number];

/** A smooth curve through points, as path data without a start (Catmull-Rom as cubic Béziers). */
export function smoothThrough(points: readonly Point[]): string {
  const at = (index: number): Point =>
    points[Math.min(points.length - 1, Math.max(0, index))] ?? [0, 0];
  return points
    .slice(1)
    .map((end, index) => {
      const [before, start, after] = [at(index - 1), at(index), at(index + 2)];
      const control = (point: Point, from: Point, to: Point, sign: number) =>
        `${short(point[0] + (sign * (to[0] - from[0])) / 6)} ${short(point[1] + (sign * (to[1] - from[1])) / 6)}`;
      return `C${control(start, before, end, 1)} ${control(end, start, after, -1)} ${short(end[0])} ${short(end[1])}`;
    })
    .join('');
}

/** The area under a smooth line, down to the lower edge. */
export function land(points: readonly Point[], frame: Frame, fill: string, opacity = 1): string {
  const [first] = points;
  if (!first) return '';
  const start = `M${short(first[0])} ${short(frame.height + 5)}V${short(first[1])}`;
  return `<path d="${start}${smoothThrough(points)}V${short(frame.height + 5)}Z" fill="${fill}" fill-opacity="${opacity}"/>`;
}

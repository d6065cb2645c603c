import type { Palette } from './palette';
import type { Random } from './random';
import { circle, type Frame, gradient, land, type Point, rectangle, short } from './shapes';

/** What a drawing function needs. `detail` is 0 (low quality) to 2 (high). */
export interface Canvas {
  frame: Frame;
  palette: Palette;
  random: Random;
  detail: number;
}

/** The fill of one of the palette's layers, 0 (farthest) to 5; defined by `defineFills`. */
export const layerFill = (index: number) => `url(#layer${Math.min(5, Math.max(0, index))})`;

/** The definitions that all scenery draws with. */
export function defineFills({ sky, layers, glow }: Palette): string {
  return [
    gradient({ id: 'sky', stops: sky.map((colour) => [colour] as const) }),
    gradient({
      id: 'glow',
      stops: [
        [glow, 0.85],
        [glow, 0.28],
        [glow, 0.06],
        [glow, 0],
      ],
      radial: true,
    }),
    // Each layer fades downwards into the one behind it, as if mist lay between them.
    ...layers.map((colour, index) =>
      gradient({ id: `layer${index}`, stops: [[colour], [layers[index - 1] ?? colour]] }),
    ),
  ].join('');
}

/** A sky that fills the frame, with clouds if there is time for detail. */
export function drawSky({ frame, palette, random, detail }: Canvas): string {
  const clouds = Array.from({ length: detail === 0 ? 0 : 3 }, () =>
    drawCloud({
      x: random.between(-0.05, 0.85) * frame.width,
      y: random.between(0.06, 0.36) * frame.height,
      length: random.between(180, 420),
      fill: palette.glow,
      random,
    }),
  );
  return rectangle({ x: 0, y: 0, ...frame }, 'url(#sky)') + clouds.join('');
}

function drawCloud({
  x,
  y,
  length,
  fill,
  random,
}: {
  x: number;
  y: number;
  length: number;
  fill: string;
  random: Random;
}): string {
  return Array.from({ length: 3 }, (_, row) => {
    const width = length * random.between(0.45, 0.8) * (row === 1 ? 1.2 : 0.8);
    const left = x + random.between(0, length * 0.35);
    return rectangle({ x: left, y: y + row * 17, width, height: 17 }, fill, {
      radius: 8.5,
      opacity: 0.38,
    });
  }).join('');
}

/** A sun or moon with its glow. */
export function drawSun({
  x,
  y,
  radius,
  fill,
}: {
  x: number;
  y: number;
  radius: number;
  fill: string;
}): string {
  return circle(x, y, radius * 3.4, 'url(#glow)') + circle(x, y, radius, fill);
}

/** Points of a ridge: a few long waves with some short ones on top. */
export function ridge({
  frame,
  random,
  level,
  swing,
  step = 56,
}: {
  frame: Frame;
  random: Random;
  /** Mean height of the ridge from the top of the frame. */
  level: number;
  swing: number;
  step?: number;
}): Point[] {
  const waves = [1, 0.48, 0.2].map((share, octave) => ({
    share,
    phase: random.between(0, 7),
    length: random.between(250, 420) / 1.9 ** octave,
  }));
  const count = Math.ceil(frame.width / step) + 2;
  return Array.from({ length: count + 1 }, (_, index) => {
    const x = (index - 1) * step;
    const rise = waves.reduce(
      (sum, { share, phase, length }) => sum + share * Math.sin(phase + x / length),
      0,
    );
    return [x, level + swing * rise] as const;
  });
}

/** Ridges behind one another, from the horizon down to the lower edge. */
export function drawRidges(
  { frame, random, detail }: Canvas,
  { from, count, swing }: { from: number; count: number; swing: number },
  between: (points: Point[], index: number) => string = () => '',
): string {
  const layers = Math.max(3, count - (2 - detail));
  return Array.from({ length: layers }, (_, index) => {
    const near = index / (layers - 1);
    const level = frame.height * (from + (0.88 - from) * near ** 1.15);
    const points = ridge({ frame, random, level, swing: swing * (0.65 + 0.5 * near) });
    const fill = Math.round(near * 5);
    return land(points, frame, layerFill(fill)) + between(points, fill);
  }).join('');
}

/** Birds far away. */
export function drawBirds({ frame, random, palette }: Canvas): string {
  const [x, y] = [
    random.between(0.25, 0.7) * frame.width,
    random.between(0.14, 0.3) * frame.height,
  ];
  const birds = Array.from({ length: 4 }, () => {
    const size = random.between(9, 16);
    const start = `M${short(x + random.between(-70, 70))} ${short(y + random.between(-35, 35))}`;
    return `${start}q${short(size * 0.6)} ${short(-size * 0.7)} ${short(size)} 0q${short(size * 0.4)} ${short(-size * 0.7)} ${short(size)} 0`;
  });
  return `<path d="${birds.join('')}" fill="none" stroke="${palette.ink}" stroke-width="3" stroke-linecap="round" stroke-opacity="0.6"/>`;
}

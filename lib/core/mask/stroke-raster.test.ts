import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StrokePoint, StrokeStyle } from './operations';
import { imagePoint } from './operations';
import { createRaster, ownSize, type PaintMode, type Raster } from './raster';
import { paintStroke } from './stroke-raster';

const size = { width: 60, height: 40 };

const at = (x: number, y: number, radius: number): StrokePoint => ({ ...imagePoint(x, y), radius });

function painted(
  points: readonly StrokePoint[],
  { hardness = 1, mode = 'add' as PaintMode, below = 0, view = ownSize } = {},
): Raster {
  const raster = createRaster(size);
  raster.data.fill(below);
  paintStroke({ raster, view, style: { mode, hardness }, points });
  return raster;
}

/** What the words above `Segment` say, done the slow way: every pixel, every disc on the way. */
function reference(
  points: readonly StrokePoint[],
  { hardness }: Omit<StrokeStyle, 'mode'>,
): Raster {
  const raster = createRaster(size);
  const discsPerSegment = 500;
  const segments =
    points.length === 1
      ? [[points[0], points[0]]]
      : points.slice(1).map((to, index) => [points[index], to]);
  for (const [from, to] of segments as [StrokePoint, StrokePoint][]) {
    const falloff = Math.max(1, ((from.radius + to.radius) / 2) * (1 - hardness));
    for (let row = 0; row < size.height; row++) {
      for (let column = 0; column < size.width; column++) {
        let best = -1;
        for (let disc = 0; disc <= discsPerSegment; disc++) {
          const part = disc / discsPerSegment;
          const x = from.x + (to.x - from.x) * part;
          const y = from.y + (to.y - from.y) * part;
          const radius = from.radius + (to.radius - from.radius) * part;
          const reach = radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y);
          best = Math.max(best, reach / falloff);
        }
        const cover = Math.min(1, Math.max(0, best));
        const value = falloff === 1 ? cover : cover * cover * (3 - 2 * cover);
        const index = row * size.width + column;
        raster.data[index] = Math.max(raster.data[index] ?? 0, Math.floor(value * 255 + 0.5));
      }
    }
  }
  return raster;
}

function largestDifference(one: Raster, other: Raster): number {
  return one.data.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (other.data[index] ?? 0))),
    0,
  );
}

describe('a stroke', () => {
  it.each([
    ['a dot', [at(30, 20, 8)]],
    ['a line with a sharp edge', [at(10, 10, 5), at(50, 30, 5)]],
    ['a level line', [at(10, 20, 6), at(50, 20, 6)]],
    ['an upright line', [at(30.5, 5, 3), at(30.5, 36, 3)]],
    ['a brush of one pixel', [at(5.5, 5.5, 0.5), at(40.5, 30.5, 0.5)]],
    ['a line that gets thinner', [at(12, 12, 10), at(48, 28, 2)]],
    ['a disc within a disc', [at(30, 20, 12), at(32, 21, 3)]],
    ['a bend', [at(8, 8, 4), at(40, 12, 4), at(20, 34, 4)]],
    ['one that leaves the picture', [at(-10, -5, 9), at(70, 50, 9)]],
  ] as [string, StrokePoint[]][])('is what its definition says: %s', (_name, points) => {
    for (const hardness of [1, 0.5, 0]) {
      const difference = largestDifference(
        painted(points, { hardness }),
        reference(points, { hardness }),
      );
      // The discs of the reference stand a fraction of a pixel apart.
      expect(difference).toBeLessThanOrEqual(2);
    }
  });

  it('covers every point that it goes through wholly, however hard', () => {
    const point = fc.record({
      x: fc.integer({ min: 0, max: size.width - 1 }),
      y: fc.integer({ min: 0, max: size.height - 1 }),
    });
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (places, radius, hardness) => {
          const points = places.map(({ x, y }) => at(x + 0.5, y + 0.5, radius));
          const { data } = painted(points, { hardness });
          for (const { x, y } of places) expect(data[y * size.width + x]).toBe(255);
        },
      ),
    );
  });

  it('is the same in parts as at once, and the same if it is painted twice', () => {
    const points = [at(8, 8, 4), at(40, 12, 6), at(20, 34, 3), at(50, 30, 5)];
    for (const mode of ['add', 'erase'] as const) {
      const style = { mode, hardness: 0.4 };
      const whole = painted(points, { ...style, below: 100 });
      const parts = painted(points.slice(0, 2), { ...style, below: 100 });
      for (const rest of [points.slice(1, 3), points.slice(2), points]) {
        paintStroke({ raster: parts, view: ownSize, style, points: rest });
      }
      expect(parts.data).toEqual(whole.data);
    }
  });

  it('erases exactly what it would add', () => {
    const points = [at(10, 10, 7), at(45, 30, 7)];
    const added = painted(points, { hardness: 0.3 });
    const left = painted(points, { hardness: 0.3, mode: 'erase', below: 255 });
    expect([...left.data]).toEqual([...added.data].map((value) => 255 - value));
    const none = painted(points, { hardness: 0.3, mode: 'erase' });
    expect(none.data.every((value) => value === 0)).toBe(true);
  });

  it('keeps what is more, and gets no darker where it crosses itself', () => {
    const crossing = [at(10, 10, 6), at(50, 30, 6), at(50, 10, 6), at(10, 30, 6)];
    const once = painted(crossing, { hardness: 0 });
    const over = painted(crossing, { hardness: 0, below: 90 });
    expect([...over.data]).toEqual([...once.data].map((value) => Math.max(value, 90)));
  });

  it('tells which pixels it touched, and touches no other', () => {
    const raster = createRaster(size);
    const box = paintStroke({
      raster,
      view: ownSize,
      style: { mode: 'add', hardness: 1 },
      points: [at(20, 15, 4), at(30, 15, 4)],
    });
    expect(box).toEqual({ left: 15, top: 10, right: 35, bottom: 20 });
    const style = { mode: 'add', hardness: 1 } as const;
    const outside = { raster, view: ownSize, style, points: [at(-50, -50, 4)] };
    expect(paintStroke(outside)).toBeNull();
  });

  it('is shown by a view where it is in the picture', () => {
    const view = { scale: 0.5, x: 5, y: 3 };
    const shown = painted([at(20, 20, 8), at(60, 40, 8)], { view });
    const same = painted([at(15, 13, 4), at(35, 23, 4)]);
    expect(shown.data).toEqual(same.data);
  });
});

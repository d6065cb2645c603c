import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampScale,
  clampZoom,
  containedIn,
  fitView,
  gridColumns,
  isPannable,
  panView,
  stepScale,
  type View,
  zoomAt,
} from './viewer-geometry';

const side = fc.integer({ min: 1, max: 8000 });
const size = fc.record({ width: side, height: side });
const place = fc.double({ min: -1e5, max: 1e5, noNaN: true });
const scale = fc.double({ min: 0.01, max: 16, noNaN: true });
const view: fc.Arbitrary<View> = fc.record({ scale, x: place, y: place });
const point = fc.record({
  x: fc.double({ min: 0, max: 3000, noNaN: true }),
  y: fc.double({ min: 0, max: 3000, noNaN: true }),
});

describe('fitView', () => {
  it.each([
    ['wide', { width: 4000, height: 1000 }, { scale: 0.25, x: 0, y: 375 }],
    ['tall', { width: 500, height: 2000 }, { scale: 0.5, x: 375, y: 0 }],
    ['small', { width: 800, height: 400 }, { scale: 1.25, x: 0, y: 250 }],
    ['tiny', { width: 200, height: 100 }, { scale: 2, x: 300, y: 400 }],
  ])('shows a %s picture whole and in the middle', (_, picture, expected) => {
    expect(fitView({ picture, stage: { width: 1000, height: 1000 } })).toEqual(expected);
  });

  it('leaves nothing outside', () => {
    fc.assert(
      fc.property(size, size, (picture, stage) => {
        const fit = fitView({ picture, stage });
        expect(isPannable({ view: fit, picture, stage })).toBe(false);
      }),
    );
  });
});

it('lays a picture of another shape into a box', () => {
  const box = { width: 900, height: 600 };
  expect(containedIn(box, { width: 100, height: 100 })).toEqual({
    x: 150,
    y: 0,
    width: 600,
    height: 600,
  });
  expect(containedIn(box, box)).toEqual({ x: 0, y: 0, ...box });
});

describe('zoomAt', () => {
  it('keeps the point of the picture under the cursor', () => {
    fc.assert(
      fc.property(view, scale, point, (before, next, cursor) => {
        const after = zoomAt(before, next, cursor);
        const under = (at: View) => ({
          x: (cursor.x - at.x) / at.scale,
          y: (cursor.y - at.y) / at.scale,
        });
        const reach = (Math.abs(before.x) + Math.abs(before.y) + 3000) / before.scale;
        expect(Math.abs(under(after).x - under(before).x)).toBeLessThan(1e-9 * reach);
        expect(Math.abs(under(after).y - under(before).y)).toBeLessThan(1e-9 * reach);
        expect(after.scale).toBe(next);
      }),
    );
  });
});

const underOf = (at: View, { x, y }: { x: number; y: number }) => ({
  x: (x - at.x) / at.scale,
  y: (y - at.y) / at.scale,
});

describe('clampZoom', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it('leaves every point of the whole picture under the cursor, at any scale', () => {
    fc.assert(
      fc.property(size, size, share, share, scale, (picture, stage, across, down, next) => {
        const whole = fitView({ picture, stage });
        const cursor = {
          x: whole.x + picture.width * whole.scale * across,
          y: whole.y + picture.height * whole.scale * down,
        };
        const zoomed = zoomAt(whole, next, cursor);
        const { x, y } = underOf(clampZoom({ view: zoomed, picture, whole }), cursor);
        expect(x).toBeCloseTo(picture.width * across, 3);
        expect(y).toBeCloseTo(picture.height * down, 3);
      }),
    );
  });

  it('covers the place of the whole picture, or lies within it', () => {
    fc.assert(
      fc.property(view, size, size, (before, picture, stage) => {
        const whole = fitView({ picture, stage });
        const { x, y, scale: at } = clampZoom({ view: before, picture, whole });
        const sides = [
          { start: x, length: picture.width, from: whole.x },
          { start: y, length: picture.height, from: whole.y },
        ];
        for (const { start, length, from } of sides) {
          const gaps = [from - start, start + length * at - (from + length * whole.scale)];
          const sign = at > whole.scale ? 1 : -1;
          for (const gap of gaps) expect(sign * gap).toBeGreaterThanOrEqual(-1e-6);
        }
      }),
    );
  });
});

describe('panView', () => {
  it('opens no gap, and closes one', () => {
    fc.assert(
      fc.property(view, point, size, size, (before, by, picture, stage) => {
        const after = panView({ view: before, by, picture, stage });
        const sides = [
          [before.x, after.x, stage.width - picture.width * before.scale],
          [before.y, after.y, stage.height - picture.height * before.scale],
        ] as const;
        for (const [was, is, rest] of sides) {
          const off = (start: number) =>
            rest > 0 ? Math.abs(start - rest / 2) : Math.max(0, start, rest - start);
          expect(off(is)).toBeLessThanOrEqual(off(was) + 1e-6);
        }
      }),
    );
  });
});

describe('the scale', () => {
  it('goes from the whole picture to single pixels', () => {
    expect(clampScale(0.01, 0.2)).toBe(0.2);
    expect(clampScale(0.5, 1.4)).toBe(1);
    expect(clampScale(99, 0.2)).toBe(16);
  });

  it.each([
    [0.2, 'in', 0.25],
    [0.67, 'in', 0.8],
    [0.9, 'in', 1],
    [1, 'in', 1.5],
    [16, 'in', 16],
    [1.2, 'out', 1],
    [0.25, 'out', 0.2],
    [0.2, 'out', 0.2],
    [0.99999, 'in', 1.5],
  ] as const)('steps from %f %s to %f', (from, direction, to) => {
    expect(stepScale(from, direction, 0.2)).toBe(to);
  });

  it('stops at the whole picture and at 100 % where that is smaller', () => {
    expect(stepScale(1.5, 'out', 1.3)).toBe(1.3);
    expect(stepScale(1.3, 'out', 1.3)).toBe(1);
    expect(stepScale(1, 'out', 1.3)).toBe(1);
    expect(stepScale(1, 'in', 1.3)).toBe(1.3);
  });

  it('comes to both ends in a few steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 1, noNaN: true }), (fit) => {
        let at = fit;
        for (let step = 0; step < 20; step++) at = stepScale(at, 'in', fit);
        expect(at).toBe(16);
        for (let step = 0; step < 20; step++) at = stepScale(at, 'out', fit);
        expect(at).toBe(fit);
      }),
    );
  });
});

const columnsUpTo10 = (aspect: number) =>
  Array.from({ length: 11 }, (_, count) => gridColumns({ count, aspect }));

describe('pictures stand in as many columns as suit their number and shape', () => {
  it.each([
    ['squares', 1, [1, 1, 2, 3, 2, 3, 3, 4, 4, 3, 4]],
    ['tall ones side by side', 9 / 16, [1, 1, 2, 3, 4, 5, 3, 4, 4, 5, 5]],
    ['wide ones above each other', 21 / 9, [1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3]],
  ])('%s', (_, aspect, columns) => {
    expect(columnsUpTo10(aspect)).toEqual(columns);
  });

  it.each([1 / 3, 9 / 16, 1, 3 / 2, 3])('an aspect of %f leaves no column empty', (aspect) => {
    for (let count = 1; count <= 20; count++) {
      const columns = gridColumns({ count, aspect });
      expect(columns).toBeGreaterThanOrEqual(1);
      expect(columns).toBeLessThanOrEqual(count);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampPan,
  clampScale,
  fitView,
  gridColumns,
  isPannable,
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
    ['small', { width: 200, height: 100 }, { scale: 1, x: 400, y: 450 }],
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

describe('clampPan', () => {
  it('never loses the picture, nor opens a gap where it is larger than the stage', () => {
    fc.assert(
      fc.property(view, size, size, (before, picture, stage) => {
        const { x, y, scale: at } = clampPan({ view: before, picture, stage });
        const sides = [
          { start: x, length: picture.width * at, room: stage.width },
          { start: y, length: picture.height * at, room: stage.height },
        ];
        for (const { start, length, room } of sides) {
          const end = start + length;
          if (length > room) {
            expect(start).toBeLessThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(room - 1e-6);
          } else {
            expect(start).toBeCloseTo(room - end, 6);
            expect(start).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  it('leaves alone what is right already', () => {
    fc.assert(
      fc.property(view, size, size, (before, picture, stage) => {
        const once = clampPan({ view: before, picture, stage });
        expect(clampPan({ view: once, picture, stage })).toEqual(once);
      }),
    );
  });
});

describe('the scale', () => {
  it('goes from the whole picture to single pixels', () => {
    expect(clampScale(0.01, 0.2)).toBe(0.2);
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOperation } from './apply-operation';
import type { MaskOperation } from './operations';
import { imagePoint } from './operations';
import { compressRaster, createRaster, paintedShare, type Raster } from './raster';

const size = { width: 24, height: 16 };

function rasterAfter(...operations: MaskOperation[]): Raster {
  const raster = createRaster(size);
  for (const operation of operations) applyOperation(raster, operation);
  return raster;
}

/** Rows of a raster as text: `#` painted, `.` not, digits between. */
function drawn({ data, width, height }: Raster): string[] {
  const mark = (value: number) =>
    value === 255 ? '#' : value === 0 ? '.' : String(Math.floor((value / 255) * 10));
  return Array.from({ length: height }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width), mark).join(''),
  );
}

const box = (
  left: number,
  top: number,
  width: number,
  height: number,
  mode: 'add' | 'erase' = 'add',
): MaskOperation => ({ kind: 'rectangle', mode, area: { left, top, width, height } });

const lasso = (
  corners: readonly (readonly [number, number])[],
  mode: 'add' | 'erase' = 'add',
): MaskOperation => ({ kind: 'lasso', mode, points: corners.map(([x, y]) => imagePoint(x, y)) });

describe('operations', () => {
  it('a rectangle has sharp edges at whole pixels', () => {
    const raster = rasterAfter(box(3, 2, 5, 4));
    for (let row = 0; row < size.height; row++) {
      for (let column = 0; column < size.width; column++) {
        const isIn = column >= 3 && column < 8 && row >= 2 && row < 6;
        expect(raster.data[row * size.width + column]).toBe(isIn ? 255 : 0);
      }
    }
  });

  it('a rectangle may be as large as the picture, or larger, and take away', () => {
    expect(paintedShare(rasterAfter(box(0, 0, 24, 16)))).toBe(1);
    expect(paintedShare(rasterAfter(box(-5, -5, 100, 100)))).toBe(1);
    expect(paintedShare(rasterAfter({ kind: 'fill' }, box(0, 0, 12, 16, 'erase')))).toBe(0.5);
  });

  it('a lasso covers pixels by their share of it', () => {
    // The half of a square below its diagonal.
    const raster = rasterAfter(
      lasso([
        [4, 4],
        [12, 12],
        [4, 12],
      ]),
    );
    expect(paintedShare(raster)).toBeCloseTo(32 / (24 * 16), 2);
    expect(raster.data[5 * 24 + 4]).toBe(255);
    expect(raster.data[5 * 24 + 6]).toBe(0);
    expect(raster.data[5 * 24 + 5]).toBeGreaterThan(100);
    expect(raster.data[5 * 24 + 5]).toBeLessThan(155);
  });

  it('a lasso drawn either way round, or closed twice, is the same', () => {
    const corners = [
      [2, 2],
      [20, 3],
      [18, 14],
      [5, 12],
    ] as const;
    const one = rasterAfter(lasso(corners));
    expect(rasterAfter(lasso([...corners].reverse())).data).toEqual(one.data);
    expect(rasterAfter(lasso([...corners, ...corners])).data).toEqual(one.data);
  });

  it('a lasso that crosses itself leaves no hole', () => {
    // A five-pointed star, whose middle is gone round twice.
    const corner = (turn: number) =>
      [
        12 + 8 * Math.sin((turn * 4 * Math.PI) / 5),
        8 - 8 * Math.cos((turn * 4 * Math.PI) / 5),
      ] as const;
    const raster = rasterAfter(lasso([0, 1, 2, 3, 4].map(corner)));
    expect(raster.data[8 * 24 + 12]).toBe(255);
  });

  it('a lasso outside the picture to the left still fills what is in it', () => {
    expect(
      paintedShare(
        rasterAfter(
          lasso([
            [-100, -100],
            [12, -100],
            [12, 100],
            [-100, 100],
          ]),
        ),
      ),
    ).toBe(0.5);
  });

  it('invert twice is nothing; fill and clear are what they say', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 384, maxLength: 384 }), (values) => {
        const raster = createRaster(size);
        raster.data.set(values);
        applyOperation(raster, { kind: 'invert' });
        expect(raster.data[7]).toBe(255 - (values[7] ?? 0));
        applyOperation(raster, { kind: 'invert' });
        expect([...raster.data]).toEqual([...values]);
      }),
    );
    expect(paintedShare(rasterAfter({ kind: 'fill' }))).toBe(1);
    expect(paintedShare(rasterAfter({ kind: 'fill' }, { kind: 'clear' }))).toBe(0);
  });

  it('an import takes the place of what was there', () => {
    const mask = rasterAfter(box(1, 1, 4, 4));
    const raster = rasterAfter({ kind: 'fill' }, { kind: 'import', raster: compressRaster(mask) });
    expect(raster.data).toEqual(mask.data);
  });

  it('grow moves an edge outwards by whole pixels, round its corners', () => {
    const raster = rasterAfter(box(8, 6, 4, 3), { kind: 'grow', pixels: 3 });
    const rows = drawn(raster);
    expect(rows[7]).toBe('.....##########.........');
    expect(raster.data[3 * 24 + 9]).toBe(255);
    expect(raster.data[2 * 24 + 9]).toBe(0);
    // A corner of the square round it is further away than that.
    expect(raster.data[3 * 24 + 5]).toBe(0);
    expect(raster.data[4 * 24 + 6]).toBe(255);
  });

  it('grow gives each pixel what its distance to the nearest painted one says', () => {
    const place = fc.record({ x: fc.nat(23), y: fc.nat(15) });
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (places, pixels) => {
          const raster = createRaster(size);
          for (const { x, y } of places) raster.data[y * 24 + x] = 255;
          applyOperation(raster, { kind: 'grow', pixels });
          raster.data.forEach((value, index) => {
            const [column, row] = [index % 24, Math.floor(index / 24)];
            const away = Math.min(...places.map(({ x, y }) => Math.hypot(x - column, y - row)));
            const cover = Math.min(1, Math.max(0, pixels + 1 - away));
            expect(Math.abs(value - cover * 255)).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });

  it('shrink moves it inwards, but not away from the picture’s border', () => {
    const rows = drawn(rasterAfter(box(8, 3, 10, 9), { kind: 'shrink', pixels: 3 }));
    expect(rows[7]).toBe('...........####.........');
    const whole = rasterAfter({ kind: 'fill' }, { kind: 'shrink', pixels: 5 });
    expect(paintedShare(whole)).toBe(1);
    expect(paintedShare(rasterAfter(box(8, 3, 4, 4), { kind: 'shrink', pixels: 5 }))).toBe(0);
  });

  it('feather fades an edge over so many pixels to both sides, and no further', () => {
    const raster = rasterAfter(box(0, 0, 12, 16), { kind: 'feather', pixels: 4 });
    const row = [...raster.data.subarray(24 * 8, 24 * 9)];
    expect(row.slice(0, 8)).toEqual(Array(8).fill(255));
    expect(row.slice(16)).toEqual(Array(8).fill(0));
    for (let column = 8; column < 16; column++) {
      expect(row[column]).toBeLessThan(row[column - 1] ?? 0);
    }
    // Even at both sides of the edge.
    expect((row[11] ?? 0) + (row[12] ?? 0)).toBeGreaterThanOrEqual(253);
    expect((row[11] ?? 0) + (row[12] ?? 0)).toBeLessThanOrEqual(257);
    expect(paintedShare(rasterAfter({ kind: 'fill' }, { kind: 'feather', pixels: 9 }))).toBe(1);
  });
});

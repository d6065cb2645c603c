import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, layOut, rowAt, tilesIn, type WallItem, type WallMeasures } from './wall';

const day = 24 * 60 * 60 * 1000;
const noon = new Date(2026, 10, 28, 12).getTime();
const measures: WallMeasures = { width: 1000, gap: 4, headingHeight: 40, fit: { rows: 200 } };
const item = (aspect: number, daysAgo = 0): WallItem => ({ aspect, at: noon - daysAgo * day });
const phone: WallMeasures = { ...measures, width: 390, fit: { columns: 3 } };

describe('a wall', () => {
  it('fills its rows to the full width, but not a day’s last one', () => {
    const wall = layOut([item(2), item(2), item(2), item(1), item(1.5, 1)], measures);
    expect(wall.rows).toEqual([
      { top: 0, height: 40, day: '2026-11-28', first: 0, end: 0 },
      { top: 40, height: 165, first: 0, end: 3 },
      { top: 209, height: 200, first: 3, end: 4 },
      { top: 413, height: 40, day: '2026-11-27', first: 4, end: 4 },
      { top: 453, height: 200, first: 4, end: 5 },
    ]);
    expect(boxOf(wall, 2)).toEqual({ left: 669, top: 40, width: 331, height: 165 });
    expect(boxOf(wall, 3)).toEqual({ left: 0, top: 209, width: 200, height: 200 });
    expect(boxOf(wall, 5)).toBeUndefined();
  });

  it('has three squares side by side on a phone', () => {
    const wall = layOut(
      Array.from({ length: 4 }, () => item(2)),
      phone,
    );
    expect(boxOf(wall, 0)).toEqual({ left: 0, top: 40, width: 127, height: 127 });
    expect(boxOf(wall, 2)).toMatchObject({ left: 262, width: 127 });
    expect(boxOf(wall, 3)).toMatchObject({ left: 0, top: 171 });
  });

  const items = fc.array(
    fc.record({
      aspect: fc.double({ min: 1 / 3, max: 3, noNaN: true }),
      at: fc.integer({ min: noon - 5 * day, max: noon }),
    }),
    { maxLength: 60 },
  );
  const walls = fc.record({
    items: items.map((made) => made.sort((one, other) => other.at - one.at)),
    width: fc.integer({ min: 300, max: 3000 }),
    gap: fc.integer({ min: 0, max: 12 }),
    fit: fc.oneof(
      fc.integer({ min: 80, max: 400 }).map((rows) => ({ rows })),
      fc.integer({ min: 2, max: 5 }).map((columns) => ({ columns })),
    ),
  });

  it('keeps reading order, overlaps nothing, and stays within its width', () => {
    fc.assert(
      fc.property(walls, ({ items: made, ...of }) => {
        const wall = layOut(made, { ...of, headingHeight: 40 });
        const ends = wall.rows.flatMap(({ first, end }) => (first === end ? [] : [first, end]));
        expect(ends.filter((_, at) => at % 2 === 0)).toEqual([
          ...(made.length ? [0] : []),
          ...ends.filter((_, at) => at % 2 === 1).slice(0, -1),
        ]);
        let last = { top: -1, right: 0 };
        for (const index of made.keys()) {
          const box = boxOf(wall, index);
          if (!box) throw new Error('A tile has no place.');
          expect(box.left + box.width).toBeLessThanOrEqual(of.width + 1);
          if (box.top === last.top) {
            expect(box.left).toBeGreaterThanOrEqual(last.right + of.gap - 1);
          } else expect(box.top).toBeGreaterThan(last.top);
          last = { top: box.top, right: box.left + box.width };
        }
      }),
    );
  });

  it('finds the row at each height', () => {
    fc.assert(
      fc.property(walls, fc.integer({ min: -50, max: 9000 }), ({ items: made, ...of }, height) => {
        const wall = layOut(made, { ...of, headingHeight: 40 });
        const before = wall.rows.filter(({ top }) => top <= height).length;
        expect(rowAt(wall, height)).toBe(Math.max(0, before - 1));
      }),
    );
  });

  it('finds the tiles that a box touches', () => {
    fc.assert(
      fc.property(
        walls,
        fc.record({
          left: fc.integer({ min: -100, max: 2000 }),
          top: fc.integer({ min: -100, max: 3000 }),
          width: fc.integer({ min: 0, max: 900 }),
          height: fc.integer({ min: 0, max: 900 }),
        }),
        ({ items: made, ...of }, box) => {
          const wall = layOut(made, { ...of, headingHeight: 40 });
          const touched = [...made.keys()].filter((index) => {
            const its = boxOf(wall, index);
            return (
              its &&
              its.left <= box.left + box.width &&
              its.left + its.width >= box.left &&
              its.top <= box.top + box.height &&
              its.top + its.height >= box.top
            );
          });
          expect(tilesIn(wall, box)).toEqual(touched);
        },
      ),
    );
  });
});

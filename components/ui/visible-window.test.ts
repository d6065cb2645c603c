import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalItems, type ItemPlaces, scrollToShow, visibleWindow } from './visible-window';

/** Items of these heights, one after the other. */
function itemsOf(heights: readonly number[]): ItemPlaces {
  const starts = [0];
  for (const height of heights) starts.push((starts.at(-1) ?? 0) + height);
  return { count: heights.length, startOf: (index) => starts[index] ?? 0 };
}

const ten = { viewport: 300, items: equalItems(10, 100) };

describe('visibleWindow', () => {
  it.each([
    [{ scroll: 0 }, { first: 0, last: 2 }],
    [{ scroll: 1 }, { first: 0, last: 3 }],
    [{ scroll: 250 }, { first: 2, last: 5 }],
    [
      { scroll: 250, overscan: 2 },
      { first: 0, last: 7 },
    ],
    [{ scroll: 700 }, { first: 7, last: 9 }],
    [
      { scroll: 9999, overscan: 2 },
      { first: 5, last: 9 },
    ],
    [{ scroll: -80 }, { first: 0, last: 2 }],
    [
      { scroll: 0, items: equalItems(2, 100) },
      { first: 0, last: 1 },
    ],
    [
      { scroll: 0, items: equalItems(0, 100) },
      { first: 0, last: -1 },
    ],
    [
      { scroll: 0, viewport: 0 },
      { first: 0, last: -1 },
    ],
    [
      { scroll: 120, viewport: 100, items: itemsOf([40, 80, 500, 40]) },
      { first: 2, last: 2 },
    ],
    [
      { scroll: 119, viewport: 502, items: itemsOf([40, 80, 500, 40]) },
      { first: 1, last: 3 },
    ],
  ])('of %j is %j', (change, expected) => {
    expect(visibleWindow({ ...ten, ...change })).toEqual(expected);
  });

  const lists = fc.record({
    scroll: fc.integer({ min: -500, max: 20_000 }),
    viewport: fc.integer({ min: 1, max: 3000 }),
    heights: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 }),
    overscan: fc.integer({ min: 0, max: 5 }),
  });

  it('is what can be seen, and no more than the overscan beside it', () => {
    fc.assert(
      fc.property(lists, ({ heights, ...view }) => {
        const items = itemsOf(heights);
        const end = items.startOf(items.count);
        const top = Math.min(Math.max(0, view.scroll), Math.max(0, end - view.viewport));
        const seen = [...heights.keys()].filter(
          (index) => items.startOf(index + 1) > top && items.startOf(index) < top + view.viewport,
        );
        expect(visibleWindow({ ...view, items })).toEqual({
          first: Math.max(0, (seen[0] ?? 0) - view.overscan),
          last: Math.min(items.count - 1, (seen.at(-1) ?? 0) + view.overscan),
        });
      }),
    );
  });
});

describe('scrollToShow', () => {
  it.each([
    [{ index: 3, scroll: 200 }, 200],
    [{ index: 1, scroll: 200 }, 100],
    [{ index: 6, scroll: 200 }, 400],
    [{ index: 4, scroll: 0, viewport: 50 }, 400],
    [{ index: 2, scroll: 0, viewport: 200, items: itemsOf([40, 80, 150]) }, 70],
  ])('%j → %j', (change, expected) => {
    expect(scrollToShow({ ...ten, ...change })).toBe(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrollToShow, visibleWindow } from './virtual-list';

const list = { viewport: 300, itemExtent: 100, count: 10 };

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
      { scroll: 0, count: 2 },
      { first: 0, last: 1 },
    ],
    [
      { scroll: 0, count: 0 },
      { first: 0, last: -1 },
    ],
    [
      { scroll: 0, viewport: 0 },
      { first: 0, last: -1 },
    ],
  ])('of %j is %j', (change, expected) => {
    expect(visibleWindow({ ...list, ...change })).toEqual(expected);
  });

  const lists = fc.record({
    scroll: fc.integer({ min: -500, max: 2_000_000 }),
    viewport: fc.integer({ min: 1, max: 3000 }),
    itemExtent: fc.integer({ min: 10, max: 400 }),
    count: fc.integer({ min: 1, max: 10_000 }),
    overscan: fc.integer({ min: 0, max: 5 }),
  });

  it('covers the viewport with no more than fit, whatever is scrolled', () => {
    fc.assert(
      fc.property(lists, (made) => {
        const { first, last } = visibleWindow(made);
        const { viewport, itemExtent, count, overscan, scroll } = made;
        const start = Math.min(Math.max(0, scroll), Math.max(0, count * itemExtent - viewport));
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThan(count);
        expect(first * itemExtent).toBeLessThanOrEqual(start);
        const end = Math.min(start + viewport, count * itemExtent);
        expect((last + 1) * itemExtent).toBeGreaterThanOrEqual(end);
        expect(last - first + 1).toBeLessThanOrEqual(viewport / itemExtent + 2 + 2 * overscan);
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
  ])('%j → %j', (change, expected) => {
    expect(scrollToShow({ viewport: 300, itemExtent: 100, ...change })).toBe(expected);
  });
});

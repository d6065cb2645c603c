import { describe, expect, it } from 'vitest';
import { railMonths } from './month-rail';

const heading = (day: string, top: number) => ({ day, top, height: 40, first: 0, end: 0 });
const tiles = { top: 40, height: 200, first: 0, end: 3 };
const rail = { total: 1000, height: 500, nameHeight: 20 };

describe('the months beside a wall', () => {
  it('stand where their share of it begins, each once', () => {
    const rows = [
      heading('2026-11-28', 0),
      tiles,
      heading('2026-11-02', 240),
      heading('2026-09-30', 600),
    ];
    expect(railMonths(rows, rail)).toEqual([
      { month: '2026-11', place: 0, top: 0, isNamed: true },
      { month: '2026-09', place: 300, top: 600, isNamed: true },
    ]);
  });

  it('have no name where there is no room for it, and none is below the rail', () => {
    const rows = [
      heading('2026-11-01', 0),
      heading('2026-10-01', 20),
      heading('2026-09-01', 50),
      heading('2026-08-01', 990),
    ];
    expect(railMonths(rows, rail).map(({ place, isNamed }) => [place, isNamed])).toEqual([
      [0, true],
      [10, false],
      [25, true],
      [480, true],
    ]);
  });

  it('are none on an empty wall', () => {
    expect(railMonths([], { ...rail, total: 0 })).toEqual([]);
  });
});

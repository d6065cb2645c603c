import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areAlike, comparedBox, paneGap, paneGrid } from './compare-layout';

const size = (width: number, height: number) => ({ width, height });

it('the largest picture gives the box', () => {
  expect(comparedBox([size(640, 480), undefined, size(480, 900)])).toEqual(size(480, 900));
  expect(comparedBox([undefined, undefined])).toEqual(size(1024, 1024));
});

it('rounding makes no other shape', () => {
  expect(areAlike([size(1024, 1536), size(1022, 1533), size(512, 768)])).toBe(true);
  expect(areAlike([size(1024, 1536), size(1536, 1024)])).toBe(false);
  expect(areAlike([size(1024, 1536), undefined])).toBe(false);
});

it('panes stand where the pictures are largest', () => {
  const columns = (area: ReturnType<typeof size>, box: ReturnType<typeof size>, count: number) =>
    paneGrid({ area, box, count }).columns;
  const window = size(1440, 850);
  expect(columns(window, size(640, 480), 2)).toBe(2);
  expect(columns(window, size(1024, 1536), 4)).toBe(4);
  expect(columns(window, size(1536, 1024), 4)).toBe(2);
  // As large with three beside each other, but two places would be empty.
  expect(columns(window, size(1024, 1024), 4)).toBe(2);
  const phone = size(390, 700);
  expect(columns(phone, size(1024, 1024), 2)).toBe(1);
  expect(columns(phone, size(1024, 1024), 4)).toBe(2);
  expect(columns(phone, size(1024, 1536), 2)).toBe(1);
});

it('all panes fit into the area', () => {
  const length = fc.integer({ min: 1, max: 5000 });
  const sizes = fc.record({ width: length, height: length });
  fc.assert(
    fc.property(sizes, sizes, fc.integer({ min: 2, max: 4 }), (area, box, count) => {
      const { columns, pane } = paneGrid({ area, box, count });
      const rows = Math.ceil(count / columns);
      const most = (own: number, parts: number) => own * parts + paneGap * (parts - 1);
      const slack = paneGap * (count - 1) + 1e-6;
      expect(most(pane.width, columns)).toBeLessThanOrEqual(Math.max(area.width, slack) + 1e-6);
      expect(most(pane.height, rows)).toBeLessThanOrEqual(Math.max(area.height, slack) + 1e-6);
    }),
  );
});

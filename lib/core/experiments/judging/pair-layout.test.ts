import { describe, expect, it } from 'vitest';
import { pairLayout, shapesDiffer } from './pair-layout';

const size = (width: number, height: number) => ({ width, height });

it.each([
  [size(1024, 1024), size(2048, 2048), false],
  [size(1000, 1000), size(1019, 1000), false],
  [size(1000, 1000), size(1021, 1000), true],
  [size(1000, 1021), size(1000, 1000), true],
  [size(1536, 1024), size(1024, 1536), true],
])('%j and %j differ in shape: %s', (one, other, isDifferent) => {
  expect(shapesDiffer(one, other)).toBe(isDifferent);
});

describe('two pictures', () => {
  const area = size(1010, 600);
  const options = { area, gap: 10, isStacked: false, isCropped: false };

  it('have one height, whatever their own', () => {
    expect(pairLayout([size(100, 100), size(4000, 4000)], options)).toEqual([
      size(500, 500),
      size(500, 500),
    ]);
  });

  it('keep their shapes, and the wider one has room', () => {
    expect(pairLayout([size(100, 100), size(200, 100)], options)).toEqual([
      size(250, 250),
      size(500, 250),
    ]);
  });

  it('have one shape where both are cropped', () => {
    expect(pairLayout([size(100, 100), size(400, 100)], { ...options, isCropped: true })).toEqual([
      size(500, 250),
      size(500, 250),
    ]);
  });

  it('share the height where one is above the other', () => {
    const stacked = { ...options, area: size(360, 610), isStacked: true };
    expect(pairLayout([size(100, 100), size(100, 200)], stacked)).toEqual([
      size(300, 300),
      size(150, 300),
    ]);
  });

  it('have no size in an area without room', () => {
    const none = pairLayout([size(1, 1), size(1, 1)], { ...options, area: size(0, 0) });
    expect(none).toEqual([size(0, 0), size(0, 0)]);
  });
});

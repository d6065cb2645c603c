import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagePoint, rectangleOf, screenPoint, toImagePoint, toScreenPoint } from './operations';

const place = fc.double({ min: -10_000, max: 10_000, noNaN: true });
const anyView = fc.record({
  scale: fc.double({ min: 0.01, max: 16, noNaN: true }),
  x: place,
  y: place,
});

describe('points', () => {
  it('say where a pixel is shown', () => {
    const view = { scale: 0.5, x: 10, y: 20 };
    expect(toScreenPoint(imagePoint(100, 40), view)).toEqual({ x: 60, y: 40 });
    expect(toImagePoint(screenPoint(60, 40), view)).toEqual({ x: 100, y: 40 });
  });

  it('come back from the screen to where they were, in every view', () => {
    fc.assert(
      fc.property(place, place, anyView, (x, y, view) => {
        const back = toImagePoint(toScreenPoint(imagePoint(x, y), view), view);
        expect(Math.abs(back.x - x)).toBeLessThan(1e-6);
        expect(Math.abs(back.y - y)).toBeLessThan(1e-6);
      }),
    );
  });
});

const picture = { width: 400, height: 300 };
const fields = (left: string, top: string, width: string, height: string) =>
  rectangleOf({ left, top, width, height }, picture);

describe('a rectangle by fields', () => {
  it('is what is written', () => {
    expect(fields('10', '20', '390', '280')).toEqual({
      left: 10,
      top: 20,
      width: 390,
      height: 280,
    });
  });

  it('is none if something is missing, no whole number, or outside the picture', () => {
    expect(fields('', '0', '10', '10')).toBeNull();
    expect(fields('1.5', '0', '10', '10')).toBeNull();
    expect(fields('-1', '0', '10', '10')).toBeNull();
    expect(fields('0', '0', '0', '10')).toBeNull();
    expect(fields('0', '0', '10', '0')).toBeNull();
    expect(fields('11', '0', '390', '10')).toBeNull();
    expect(fields('0', '21', '10', '280')).toBeNull();
  });
});

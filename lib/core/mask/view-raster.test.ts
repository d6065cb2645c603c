import { describe, expect, it } from 'vitest';
import { applyOperation } from './apply-operation';
import { imagePoint } from './operations';
import { createRaster } from './raster';
import { renderView } from './view-raster';

const mask = createRaster({ width: 40, height: 20 });
mask.data.forEach((_, index) => {
  mask.data[index] = (index * 7) % 256;
});

describe('a view of a mask', () => {
  it('at its own size is a part of it, pixel by pixel', () => {
    const size = { width: 10, height: 8 };
    const { data } = renderView(mask, { scale: 1, x: -5, y: -3 }, size);
    for (let row = 0; row < 8; row++) {
      for (let column = 0; column < 10; column++) {
        expect(data[row * 10 + column]).toBe(mask.data[(row + 3) * 40 + column + 5]);
      }
    }
  });

  it('has nothing where there is no picture', () => {
    const size = { width: 44, height: 22 };
    const { data } = renderView(mask, { scale: 1, x: 2, y: 1 }, size);
    expect(data[44 + 2]).toBe(mask.data[0]);
    expect(data[44 + 1]).toBe(0);
    expect(data[21 * 44 + 10]).toBe(0);
    expect(data[10 * 44 + 43]).toBe(0);
  });

  it('shrunk has the mean of the pixels that each of its own stands for', () => {
    const size = { width: 10, height: 5 };
    const { data } = renderView(mask, { scale: 0.25, x: 0, y: 0 }, size);
    let sum = 0;
    for (let row = 8; row < 12; row++) {
      for (let column = 12; column < 16; column++) sum += mask.data[row * 40 + column] ?? 0;
    }
    expect(data[2 * 10 + 3]).toBe(Math.round(sum / 16));
  });

  it('shows a stroke as it is painted into the view itself, but for its edge', () => {
    const whole = createRaster({ width: 400, height: 300 });
    const view = { scale: 0.3125, x: -8, y: -4 };
    const shown = createRaster({ width: 100, height: 80 });
    const points = [
      [60, 60],
      [200, 220],
      [340, 90],
    ].map(([x = 0, y = 0]) => ({
      ...imagePoint(x, y),
      radius: 30,
    }));
    const operation = { kind: 'stroke', style: { mode: 'add', hardness: 1 }, points } as const;
    applyOperation(whole, operation);
    applyOperation(shown, operation, view);
    const truth = renderView(whole, view, shown);
    const clear = truth.data.filter(
      (value, index) => Math.abs(value - (shown.data[index] ?? 0)) > 128,
    );
    expect(clear.length).toBe(0);
    const sum = (data: Uint8Array) => data.reduce((total, value) => total + value, 0);
    expect(Math.abs(sum(truth.data) - sum(shown.data)) / sum(truth.data)).toBeLessThan(0.01);
  });
});

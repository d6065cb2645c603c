import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOperation } from './apply-operation';
import { createMaskLayer, type MaskLayer } from './mask-layer';
import type { MaskOperation, StrokePoint } from './operations';
import { imagePoint } from './operations';
import { createRaster } from './raster';

const size = { width: 64, height: 48 };
const style = { mode: 'add', hardness: 1 } as const;
const at = (x: number, y: number, radius = 4): StrokePoint => ({ ...imagePoint(x, y), radius });

/** What a layer holds, pixel by pixel. */
function pixels(layer: MaskLayer): number[] {
  return [...layer.render({ view: { scale: 1, x: 0, y: 0 }, size, trial: null }).data];
}

function applied(operations: readonly MaskOperation[]): number[] {
  const raster = createRaster(size);
  for (const operation of operations) applyOperation(raster, operation);
  return [...raster.data];
}

const anyOperation: fc.Arbitrary<MaskOperation> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('add' as const, 'erase' as const),
      fc.array(fc.tuple(fc.nat(64), fc.nat(48)), { minLength: 1, maxLength: 4 }),
    )
    .map(
      ([mode, places]): MaskOperation => ({
        kind: 'stroke',
        style: { mode, hardness: 0.5 },
        points: places.map(([x, y]) => at(x, y, 6)),
      }),
    ),
  fc.tuple(fc.nat(30), fc.nat(20)).map(
    ([left, top]): MaskOperation => ({
      kind: 'rectangle',
      mode: 'add',
      area: { left, top, width: 12, height: 9 },
    }),
  ),
  fc.constantFrom<MaskOperation>(
    { kind: 'invert' },
    { kind: 'grow', pixels: 3 },
    { kind: 'feather', pixels: 3 },
    { kind: 'fill' },
  ),
);

describe('a mask layer', () => {
  it('is after each step back and forth what its operations say', () => {
    const steps = fc.array(fc.oneof(anyOperation, fc.nat(12)), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(steps, (all) => {
        const layer = createMaskLayer(size);
        let operations: MaskOperation[] = [];
        let position = 0;
        for (const step of all) {
          if (typeof step === 'number') {
            position = Math.min(step, operations.length);
            layer.goTo(position);
          } else {
            layer.commit(step, position);
            operations = [...operations.slice(0, position), step];
            position++;
          }
          expect(pixels(layer)).toEqual(applied(operations.slice(0, position)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('goes back to nothing over heavy steps, with checkpoints on the way', () => {
    const large = { width: 2000, height: 1500 };
    const layer = createMaskLayer(large);
    const states: number[] = [];
    for (let step = 0; step < 6; step++) {
      const area = { left: step * 100, top: step * 100, width: 300, height: 200 };
      layer.commit({ kind: 'rectangle', mode: 'add', area }, 2 * step);
      layer.commit({ kind: 'feather', pixels: 6 }, 2 * step + 1);
      states.push(layer.share());
    }
    expect(layer.checkpoint()).toBeDefined();
    for (let step = 5; step > 0; step--) {
      layer.goTo(2 * step);
      expect(layer.share()).toBe(states[step - 1]);
    }
    layer.goTo(0);
    expect(layer.share()).toBe(0);
    layer.goTo(12);
    expect(layer.share()).toBe(states[5]);
  });

  it('holds a stroke as it grows, and drops it without a trace', () => {
    const layer = createMaskLayer(size);
    layer.commit({ kind: 'stroke', style, points: [at(40, 30)] }, 0);
    const before = pixels(layer);
    layer.paint(style, [at(10, 10)]);
    layer.paint(style, [at(20, 15), at(30, 10)]);
    const points = [at(10, 10), at(20, 15), at(30, 10)];
    const stroke: MaskOperation = { kind: 'stroke', style, points };
    const painted = pixels(layer);
    expect(painted).not.toEqual(before);
    // A gesture under way is in what is exported; it is painted already.
    expect(layer.with(stroke, (mask) => [...mask.data])).toEqual(painted);
    layer.discard();
    expect(pixels(layer)).toEqual(before);
    layer.paint(style, points);
    layer.commit(stroke, 1);
    expect(pixels(layer)).toEqual(painted);
    layer.goTo(1);
    layer.goTo(2);
    expect(pixels(layer)).toEqual(painted);
  });

  it('tries an operation out and is as it was', () => {
    const layer = createMaskLayer(size);
    layer.commit({ kind: 'stroke', style, points: [at(20, 20)] }, 0);
    const before = pixels(layer);
    const trial: MaskOperation = { kind: 'grow', pixels: 5 };
    const tried = layer.with(trial, (mask) => [...mask.data]);
    expect(pixels(layer)).toEqual(before);
    layer.commit(trial, 1);
    expect(pixels(layer)).toEqual(tried);
  });

  it('shows a trial at the edge of a view as it would be', () => {
    const layer = createMaskLayer(size);
    // Painted just outside what the view shows.
    const area = { left: 10, top: 10, width: 10, height: 10 };
    layer.commit({ kind: 'rectangle', mode: 'add', area }, 0);
    const part = { view: { scale: 1, x: -20, y: -5 }, size: { width: 20, height: 20 } };
    for (const trial of [
      { kind: 'grow', pixels: 6 },
      { kind: 'feather', pixels: 6 },
    ] as const) {
      const tried = layer.render({ ...part, trial });
      layer.commit(trial, 1);
      expect(tried.data).toEqual(layer.render({ ...part, trial: null }).data);
      layer.goTo(1);
    }
  });

  it('comes back from what was kept, with the help of a checkpoint or without', () => {
    const operations: MaskOperation[] = [
      { kind: 'stroke', style, points: [at(20, 20)] },
      { kind: 'invert' },
      { kind: 'stroke', style, points: [at(40, 20)] },
    ];
    const layer = createMaskLayer(size);
    layer.load({ operations, position: 2 });
    expect(pixels(layer)).toEqual(applied(operations.slice(0, 2)));
    layer.goTo(3);
    expect(pixels(layer)).toEqual(applied(operations));
  });
});

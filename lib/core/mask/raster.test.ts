import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOperation } from './apply-operation';
import { imagePoint } from './operations';
import { compressRaster, createRaster, decompressInto } from './raster';

describe('a packed mask', () => {
  it('comes back byte for byte', () => {
    const stretch = fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 20 }), (stretches) => {
        const values = stretches.flatMap(([value, count]) => Array<number>(count).fill(value));
        const raster = createRaster({ width: values.length, height: 1 });
        raster.data.set(values);
        const back = createRaster(raster);
        back.data.fill(7);
        decompressInto(compressRaster(raster), back);
        expect([...back.data]).toEqual(values);
      }),
    );
  });

  it('is kilobytes where a stroke at 4K is megabytes', () => {
    const raster = createRaster({ width: 3840, height: 2160 });
    const points = Array.from({ length: 60 }, (_, index) => ({
      ...imagePoint(100 + index * 60, 1000 + 600 * Math.sin(index / 5)),
      radius: 100,
    }));
    const style = { mode: 'add', hardness: 1 } as const;
    applyOperation(raster, { kind: 'stroke', style, points });
    expect(compressRaster(raster).bytes.length).toBeLessThan(100 * 1024);
  });
});

import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Size } from '../sizes/sizes';
import { mapSquare, measureOutsideChange } from './outside-change';
import type { PicturePixels } from './raster';

const size = { width: 480, height: 320 };

/** Sky, texture, hard edges, fine print and soft forms: what scaling treats in different ways. */
const scene = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320">
  <defs>
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#2b4f8a"/><stop offset="1" stop-color="#f3c9a2"/></linearGradient>
    <filter id="grain"><feTurbulence baseFrequency="0.35" numOctaves="3" seed="7"/></filter>
  </defs>
  <rect width="480" height="320" fill="url(#sky)"/>
  <rect y="200" width="240" height="120" filter="url(#grain)"/>
  <path d="M240 320 L330 120 L420 320 Z" fill="#3a5a40" stroke="#111" stroke-width="3"/>
  <circle cx="90" cy="90" r="48" fill="#fff4c2"/>
  ${Array.from({ length: 30 }, (_, line) => `<path d="M${430 + (line % 2)} ${10 + line * 10} h${20 + ((line * 7) % 25)}" stroke="#222"/>`).join('')}
</svg>`);

async function decode(image: Sharp): Promise<PicturePixels> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: Uint8Array.from(data) };
}

const open = ({ rgba, width, height }: PicturePixels) =>
  sharp(rgba, { raw: { width, height, channels: 4 } });

let original: PicturePixels;
beforeAll(async () => {
  original = await decode(sharp(scene).flatten());
});

/** A mask that is open in a rectangle in the middle: a fifth each way. */
function maskOf({ width, height }: Size = size) {
  const data = new Uint8Array(width * height);
  for (let y = Math.floor(height * 0.4); y < height * 0.6; y++) {
    data.fill(255, y * width + Math.floor(width * 0.4), y * width + Math.floor(width * 0.6));
  }
  return { width, height, data };
}

const measure = (result: PicturePixels, mask = maskOf()) =>
  measureOutsideChange({ original, result, mask });

/** The original with its pixels changed where told. */
function changedWhere(
  isThere: (x: number, y: number) => boolean,
  change: (value: number, at: number) => number,
): PicturePixels {
  const rgba = Uint8Array.from(original.rgba);
  for (let at = 0; at < rgba.length; at++) {
    const index = at >> 2;
    if (at % 4 === 3 || !isThere(index % size.width, Math.floor(index / size.width))) continue;
    rgba[at] = Math.max(0, Math.min(255, change(rgba[at] as number, at)));
  }
  return { ...size, rgba };
}

describe('an edit that kept the outside', () => {
  it('measures nothing, whatever happened inside', () => {
    const { data } = maskOf();
    const result = changedWhere(
      (x, y) => (data[y * size.width + x] as number) > 0,
      (value) => 255 - value,
    );
    expect(measure(result)).toMatchObject({ share: 0, isIdentical: true, size });
  });

  it.each([
    { scale: 0.5, kernel: 'lanczos3' },
    { scale: 0.73, kernel: 'cubic' },
    { scale: 0.73, kernel: 'linear' },
    { scale: 1.37, kernel: 'lanczos3' },
    { scale: 2, kernel: 'cubic' },
  ] as const)('measures next to nothing when it comes scaled: $scale, $kernel', async (way) => {
    const side = (length: number) => Math.round((length * way.scale) / 16) * 16;
    const [width, height] = [side(size.width), side(size.height)];
    const result = await decode(open(original).resize(width, height, { fit: 'fill', ...way }));
    const found = measure(result);
    expect(found.share).toBeLessThan(0.01);
    expect(found.isIdentical).toBe(false);
    expect(found.size).toEqual(way.scale < 1 ? { width, height } : size);
  });

  it.each([85, 95])('measures next to nothing as a JPEG of quality %s', async (quality) => {
    const jpeg = await open(original).jpeg({ quality }).toBuffer();
    expect(measure(await decode(sharp(jpeg))).share).toBeLessThan(0.01);
  });

  it('does not count what scaling carries out of the mask', async () => {
    const { data } = maskOf();
    const painted = changedWhere(
      (x, y) => (data[y * size.width + x] as number) > 0,
      (_, at) => (at % 4 === 0 ? 255 : 0),
    );
    const result = await decode(open(painted).resize(240, 160, { kernel: 'lanczos3' }));
    expect(measure(result).share).toBeLessThan(0.005);
  });

  it('does not see colours that are not there', () => {
    const clear = Uint8Array.from(original.rgba, (value, at) => (at % 4 === 3 ? 0 : value));
    const other = clear.map((value, at) => (at % 4 === 3 ? 0 : 255 - value));
    const found = measureOutsideChange({
      original: { ...size, rgba: clear },
      result: { ...size, rgba: other },
      mask: maskOf(),
    });
    expect(found).toMatchObject({ share: 0, isIdentical: false });
  });
});

describe('an edit that changed the outside', () => {
  it('measures the share that it changed', () => {
    // The upper quarter, of which the mask is no part.
    const result = changedWhere(
      (_, y) => y < size.height / 4,
      (value) => (value + 128) % 256,
    );
    const outside = maskOf().data.filter((value) => value === 0).length;
    const expected = (size.width * size.height) / 4 / outside;
    expect(Math.abs((measure(result).share ?? 0) - expected)).toBeLessThan(0.01);
  });

  it('sees that something moved by a few pixels', async () => {
    const shifted = await decode(
      open(original).extract({ left: 4, top: 0, width: 476, height: 320 }).extend({ right: 4 }),
    );
    expect(measure(shifted).share).toBeGreaterThan(0.05);
  });

  it('sees that details were lost', async () => {
    expect(measure(await decode(open(original).blur(4))).share).toBeGreaterThan(0.08);
  });

  it('sees a slight shift of all colours, at another size too', async () => {
    const warmer = changedWhere(
      () => true,
      (value, at) => value + (at % 4 === 0 ? 6 : 0),
    );
    expect(measure(warmer).share).toBeGreaterThan(0.4);
    const smaller = await decode(open(warmer).resize(240, 160));
    expect(measure(smaller).share).toBeGreaterThan(0.4);
  });

  it('sees that something became transparent', () => {
    const rgba = Uint8Array.from(original.rgba, (value, at) =>
      at % 4 === 3 && at < original.rgba.length / 4 ? 0 : value,
    );
    expect(measure({ ...size, rgba }).share).toBeGreaterThan(0.2);
  });

  it('says where', () => {
    const result = changedWhere(
      (x, y) => x >= 32 && x < 48 && y >= 16 && y < 32,
      (value) => (value + 128) % 256,
    );
    const { map } = measure(result);
    expect(map).toMatchObject({ columns: size.width / mapSquare, rows: size.height / mapSquare });
    const changed = [...map.changed].flatMap((value, index) => (value > 0 ? [[index, value]] : []));
    expect(changed).toEqual([[map.columns + 2, 255]]);
  });

  it('is not identical by a single level of one pixel, though that is no measurable change', () => {
    const result = changedWhere(
      (x, y) => x === 3 && y === 3,
      (value) => value - 1,
    );
    expect(measure(result)).toMatchObject({ share: 0, isIdentical: false });
  });
});

describe('the mask', () => {
  it('leaves nothing to measure where all of it is open', () => {
    const mask = { ...size, data: new Uint8Array(size.width * size.height).fill(255) };
    expect(measure(original, mask)).toMatchObject({ share: null, isIdentical: true });
  });

  it('is not judged where it is open in part', () => {
    const data = maskOf().data.map((value) => (value > 0 ? 1 : 0));
    const result = changedWhere(
      (x, y) => (data[y * size.width + x] as number) > 0,
      (value) => 255 - value,
    );
    expect(measure(result, { ...size, data }).share).toBe(0);
  });
});

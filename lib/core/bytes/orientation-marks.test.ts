import sharp from 'sharp';
import { expect, test } from 'vitest';
import {
  drawing,
  exif,
  jpegWith,
  oddPictures,
  orientationTiff,
  pngChunk,
  pngWith,
} from './odd-pictures.setup';
import { noMark, orientationMarks } from './orientation-marks';

/** The file with its marks written over. */
function unturned(file: Buffer): Buffer {
  const bytes = Buffer.from(file);
  for (const mark of orientationMarks(bytes) ?? []) bytes.set(noMark, mark);
  return bytes;
}
const pixels = (file: Buffer) => sharp(file).removeAlpha().raw().toBuffer();

test.each(Object.entries(oddPictures))(
  '%s: without its marks nothing turns it, and its pixels are the same',
  async (_, { bytes }) => {
    expect(orientationMarks(bytes)).not.toEqual([]);
    const { orientation, exif: left } = await sharp(unturned(bytes)).metadata();
    expect({ orientation, left }).toEqual({ orientation: undefined, left: undefined });
    expect((await pixels(unturned(bytes))).equals(await pixels(bytes))).toBe(true);
  },
);

test.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
  'a plain %s has none',
  async (format) => {
    expect(orientationMarks(await drawing().toFormat(format).toBuffer())).toEqual([]);
  },
);

test('each mark is found, also in a PNG after its pixels', async () => {
  const twice = jpegWith(exif(), exif(orientationTiff({ value: 3 })));
  expect(orientationMarks(twice)?.map((at) => twice.toString('latin1', at, at + 4))).toEqual([
    'Exif',
    'Exif',
  ]);
  const plain = pngWith(33);
  const late = Buffer.concat([
    plain.subarray(0, -12),
    pngChunk('eXIf', orientationTiff()),
    plain.subarray(-12),
  ]);
  expect(orientationMarks(late)).toHaveLength(1);
});

test('what cannot be taken out is said: a turned AVIF, thousands of marks, no picture', async () => {
  const turned = await drawing().withMetadata({ orientation: 6 }).avif().toBuffer();
  expect(orientationMarks(turned)).toBeUndefined();
  const many = jpegWith(...Array.from({ length: 1001 }, () => exif()));
  expect(orientationMarks(many)).toBeUndefined();
  expect(orientationMarks(Buffer.from('BM'))).toBeUndefined();
});

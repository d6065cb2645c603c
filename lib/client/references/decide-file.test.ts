import sharp from 'sharp';
import { expect, it } from 'vitest';
import { decideFile } from './decide-file';

const limits = { max: 16, maxBytes: 50 * 1024 * 1024, formats: ['png', 'jpeg'] as const };
const decide = (file: Blob) => decideFile(file, limits, 1);
const picture = sharp({ create: { width: 70, height: 30, channels: 3, background: '#259' } });
const jpeg = await picture.jpeg().toBuffer();

/** A JPEG whose sides come after so many segments of 60,000 bytes, as with a printer's profile. */
function withSegments(count: number): Blob {
  const segment = Buffer.alloc(60_002);
  segment.writeUInt16BE(0xffe2, 0);
  segment.writeUInt16BE(60_000, 2);
  const segments = Array.from({ length: count }, () => segment);
  return new Blob([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

it.each([0, 1, 12])('finds the sides behind %i long segments', async (count) => {
  expect(await decide(withSegments(count))).toMatchObject({ header: { width: 70, height: 30 } });
});

it('reads no more than the start of a file', async () => {
  const slices: number[] = [];
  const file = new Blob([jpeg, new Uint8Array(1_000_000)]);
  const slice = (start: number, end: number) => {
    slices.push(end);
    return Blob.prototype.slice.call(file, start, end);
  };
  await decide(Object.assign(file, { slice }));
  expect(slices).toEqual([128 * 1024]);
});

it('says when the file is not what it was', async () => {
  const slice = () => {
    throw new DOMException('', 'NotReadableError');
  };
  expect(await decide(Object.assign(new Blob(['x']), { slice }))).toEqual({
    refusal: { reason: 'changed' },
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differentPictures } from '../../../e2e/sample-pictures';
import { createImageEndWatch } from './image-end';

const files = differentPictures.map((one) => Buffer.from(one, 'base64'));
const webp = Buffer.from('UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAfQ//73v/+BiOh/AAA=', 'base64');
const jpegOf = (...parts: number[][]) => Buffer.from([0xff, 0xd8, ...parts.flat()]);
// A segment with an end of its own (a thumbnail), fill bytes, and a scan with FF 00 and a restart.
const oddJpeg = jpegOf(
  [0xff, 0xe1, 0, 6, 0xff, 0xd9, 1, 2],
  [0xff, 0xff, 0xff, 0xda, 0, 4, 9, 9],
  [1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff, 0xff, 0xd9],
);
const whole = [...files, webp, oddJpeg];

/** Whether the file is cut, written in pieces; what may be skipped is skipped. */
function isCut(file: Buffer, size = 1e9, skips = false) {
  const watch = createImageEndWatch();
  for (let at = 0; at < file.length; ) {
    const skipped = skips ? Math.min(watch.skippable, size, file.length - at) : 0;
    if (skipped > 0) watch.skip(skipped);
    else watch.write(file.subarray(at, at + size));
    at += skipped || size;
  }
  return watch.isCut;
}

describe('a picture', () => {
  it.each(whole.map((file, index) => [index, file] as const))('%i has its end', (_, file) => {
    for (const size of [1, 2, 7, 1e9]) {
      expect(isCut(file, size)).toBe(false);
      expect(isCut(file, size, true)).toBe(false);
    }
  });

  it.each(whole.map((file, index) => [index, file] as const))(
    '%i may be followed by anything',
    (_, file) => {
      for (const more of [Buffer.alloc(5000), Buffer.from('trailer'), Buffer.alloc(9, 0xff)]) {
        expect(isCut(Buffer.concat([file, more]), 3)).toBe(false);
      }
    },
  );

  it.each(whole.map((file, index) => [index, file] as const))(
    '%i is cut wherever it is cut',
    (_, file) => {
      // A PNG is known to be whole by the name of its last chunk.
      const end = file.indexOf('IEND') >= 0 ? file.indexOf('IEND') + 3 : file.length - 1;
      for (let length = 1; length <= end; length++) {
        expect(isCut(file.subarray(0, length)), `after ${length}`).toBe(true);
        expect(isCut(file.subarray(0, length), 5, true), `after ${length}`).toBe(true);
      }
    },
  );

  it.each([
    ['a GIF', Buffer.from('GIF89a and whatever else')],
    ['an AVIF', Buffer.from('\0\0\0\x1cftypavif and more')],
    [
      'a PNG with chunks that are none',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(99)]),
    ],
    ['a JPEG without markers', jpegOf(Array(40).fill(7))],
    ['no picture', Buffer.from('hello, hello, hello')],
  ])('is not called cut where that cannot be told: %s', (_, file) => {
    expect(isCut(file)).toBe(false);
  });

  it('may be any bytes', () => {
    const start = fc.constantFrom(...whole.map((file) => file.subarray(0, 40)));
    fc.assert(
      fc.property(
        start,
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (head, rest, size) => {
          const file = Buffer.concat([head, rest]);
          expect(isCut(file, size)).toBe(isCut(file));
          expect(isCut(file, size, true)).toBe(isCut(file));
        },
      ),
    );
  });
});

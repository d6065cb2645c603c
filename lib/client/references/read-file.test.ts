import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decideFile } from './decide-file';
import { readFile } from './read-file';

/** A file whose reading goes as told. */
function file(size: number, start: (controller: ReadableStreamDefaultController) => void): Blob {
  return Object.assign(new Blob([new Uint8Array(size)]), {
    stream: () => new ReadableStream({ start }),
  });
}

describe('a file that is taken in', () => {
  it('is read to its end, whatever its size, and known by its hash', async () => {
    const bytes = new Uint8Array(9_000_000).map((_, index) => index * 7);
    const read = await readFile(new Blob([bytes]));
    if ('failure' in read) throw new Error(read.failure);
    expect(read.hash).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Buffer.from(await read.blob.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
  });

  it.each([
    ['changed on the disk', 'NotReadableError', 'changed'],
    ['deleted', 'NotFoundError', 'changed'],
    ['something else', 'SecurityError', 'unread'],
  ])('says when it cannot be read: %s', async (_, name, failure) => {
    const broken = file(9, (controller) => controller.error(new DOMException('', name)));
    expect(await readFile(broken)).toEqual({ failure });
  });

  it('says when it ends too early', async () => {
    const short = file(9, (controller) => {
      controller.enqueue(new Uint8Array(4));
      controller.close();
    });
    expect(await readFile(short)).toEqual({ failure: 'changed' });
  });
});

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

describe('the judgement of a file', () => {
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
});

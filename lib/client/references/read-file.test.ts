import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
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

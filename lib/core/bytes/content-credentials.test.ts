import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hasContentCredentials } from './content-credentials';

const picture = (format: 'png' | 'jpeg' | 'webp' | 'gif') =>
  sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .toFormat(format)
    .toBuffer();
const found = (file: Buffer) =>
  hasContentCredentials(async (from, to) => new Uint8Array(file.subarray(from, to)));
const put = (file: Buffer, at: number, part: Buffer) =>
  Buffer.concat([file.subarray(0, at), part, file.subarray(at)]);
const big = (value: number, bytes: number) => {
  const made = Buffer.alloc(bytes);
  made.writeUIntBE(value, 0, bytes);
  return made;
};
const chunk = (type: string, data: Buffer) =>
  Buffer.concat([big(data.length, 4), Buffer.from(type), data, Buffer.alloc(4)]);
const segment = (marker: number, data: string) =>
  Buffer.concat([
    Buffer.from([0xff, marker]),
    big(data.length + 2, 2),
    Buffer.from(data, 'latin1'),
  ]);
const jumbf = (type: string) => `JP\0\x01\0\0\0\x01\0\0\0\x20${type}${'x'.repeat(24)}`;

describe('hasContentCredentials', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('finds none in a plain %s', async (format) => {
    expect(await found(await picture(format))).toBe(false);
  });

  it('finds the chunk of a PNG before its pixels', async () => {
    const png = await picture('png');
    const other = chunk('iTXt', Buffer.alloc(100_000));
    expect(await found(put(put(png, 33, chunk('caBX', Buffer.alloc(500))), 33, other))).toBe(true);
    expect(await found(Buffer.concat([png, chunk('caBX', Buffer.alloc(5))]))).toBe(false);
  });

  it('finds the segment of a JPEG, and takes no other APP11 for it', async () => {
    const jpeg = await picture('jpeg');
    expect(await found(put(jpeg, 2, segment(0xeb, jumbf('jumb'))))).toBe(true);
    expect(await found(put(jpeg, 2, segment(0xeb, jumbf('hdr1'))))).toBe(false);
    expect(await found(put(jpeg, 2, segment(0xe1, jumbf('jumb'))))).toBe(false);
  });

  it('finds the chunk of a WebP', async () => {
    const webp = await picture('webp');
    const part = Buffer.from('C2PA\x04\0\0\0data', 'latin1');
    expect(await found(Buffer.concat([webp, part]))).toBe(true);
  });

  it('does not know of other formats, and stops where a file is broken', async () => {
    expect(await found(await picture('gif'))).toBeUndefined();
    const png = await picture('png');
    expect(await found(png.subarray(0, 20))).toBe(false);
    expect(await found(put(png, 33, chunk('abcd', Buffer.alloc(0)).fill(0xff, 0, 4)))).toBe(false);
  });
});

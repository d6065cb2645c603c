import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeBody } from './encode-body';

const slice = 3 * 256 * 1024;
const fileOf = (bytes: Buffer) => new Blob([new Uint8Array(bytes)]);

describe('encodeBody', () => {
  it.each([0, 1, 2, 3, slice - 1, slice, slice + 1, 8 * slice + 2])(
    'writes a file of %d bytes as it was written',
    async (length) => {
      const bytes = randomBytes(length);
      const file = fileOf(bytes);
      const written = async (alphabet: 'base64' | 'base64url', isPadded: boolean) =>
        (await encodeBody([{ file, writing: { prefix: 'data:,', alphabet, isPadded } }])).text();
      const base64 = bytes.toString('base64');
      // Compared as booleans: a difference of megabytes would be printed for minutes.
      expect((await written('base64', true)) === `data:,${base64}`).toBe(true);
      expect((await written('base64', false)) === `data:,${base64.replace(/=+$/, '')}`).toBe(true);
      const urlSafe = `data:,${bytes.toString('base64url')}`;
      expect((await written('base64url', false)) === urlSafe).toBe(true);
    },
  );

  it('puts texts and files one after the other', async () => {
    const writing = { prefix: '', alphabet: 'base64', isPadded: true } as const;
    const file = fileOf(Buffer.from('hi!'));
    const body = await encodeBody(['{"a":"', { file, writing }, '","b":"é"}']);
    expect(await body.text()).toBe('{"a":"aGkh","b":"é"}');
  });

  it('writes what stands before the base64 so that it stays within its string', async () => {
    const prefix = 'data:image/png;name="a\\b\n";base64,';
    const writing = { prefix, alphabet: 'base64', isPadded: true } as const;
    const body = await encodeBody(['"', { file: fileOf(Buffer.from('hi!')), writing }, '"']);
    expect(JSON.parse(await body.text())).toBe(`${prefix}aGkh`);
  });
});

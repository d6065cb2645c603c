import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPictureHash } from './picture-hash';

const pieces = ['a', '', 'few', 'pieces'].map((text) => new TextEncoder().encode(text));
const expected = createHash('sha256').update('afewpieces').digest('hex');

const hashOf = (hash: ReturnType<typeof createPictureHash>) => {
  for (const piece of pieces) hash.update(piece);
  return hash.finish();
};

describe('the hash of a picture', () => {
  it('is the browser’s own where there is one', async () => {
    const asked: number[] = [];
    const digest = (name: AlgorithmIdentifier, bytes: BufferSource) => {
      asked.push(bytes.byteLength);
      return crypto.subtle.digest(name, bytes);
    };
    expect(await hashOf(createPictureHash({ digest }))).toBe(expected);
    expect(asked).toEqual([10]);
  });

  it('is the same on plain http, for more than is held, and where there is no room', async () => {
    const none = () => Promise.reject(new DOMException('no room', 'OperationError'));
    expect(hashOf(createPictureHash(null))).toBe(expected);
    expect(hashOf(createPictureHash({ digest: none }, 5))).toBe(expected);
    expect(await hashOf(createPictureHash({ digest: none }))).toBe(expected);
  });
});

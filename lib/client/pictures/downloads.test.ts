import { describe, expect, it } from 'vitest';
import { zipPictures } from './downloads';

const text = async (blob: Blob) => Buffer.from(await blob.arrayBuffer()).toString('latin1');

describe('zipPictures', () => {
  it('packs every file whole, each under a name of its own', async () => {
    const zip = await zipPictures([
      { name: 'fox.png', blob: new Blob(['first picture']) },
      { name: 'fox.png', blob: new Blob(['second picture']) },
    ]);
    const bytes = await text(zip);
    expect(zip.type).toBe('application/zip');
    expect(bytes.startsWith('PK\x03\x04')).toBe(true);
    for (const part of ['fox.png', 'fox-2.png', 'first picture', 'second picture']) {
      expect(bytes).toContain(part);
    }
  });

  it('passes on that a picture cannot be read', async () => {
    const broken = new Blob(['x']);
    broken.stream = () => {
      throw new Error('gone');
    };
    await expect(zipPictures([{ name: 'a.png', blob: broken }])).rejects.toThrow('gone');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Base64Text, BrokenOff, type Writable, writeJson } from './json-writer';

async function textOf(value: Writable, options?: Parameters<typeof writeJson>[1]) {
  let text = '';
  for await (const piece of writeJson(value, options)) text += piece;
  return text;
}

describe('writeJson', () => {
  it('writes what JSON.stringify writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await textOf(value as Writable)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('leaves out what is undefined', async () => {
    expect(await textOf({ a: undefined, b: 1, c: {} })).toBe('{"b":1,"c":{}}');
  });

  it('writes pictures as base64, each asked for when its turn comes', async () => {
    const picture = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
    const asked: number[] = [];
    const data = [0, 1].map((index) => ({
      b64_json: new Base64Text(async () => {
        asked.push(index);
        return picture;
      }, `${index},`),
    }));
    const pieces = writeJson({ data });
    let text = '';
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) {
      text += piece.value;
      expect(piece.value.length).toBeLessThan(70_000);
      if (!text.includes('1,')) expect(asked.length).toBeLessThan(2);
    }
    const base64 = picture.toString('base64');
    expect(JSON.parse(text)).toEqual({
      data: [{ b64_json: `0,${base64}` }, { b64_json: `1,${base64}` }],
    });
  });

  it('breaks off in the middle of the first picture', async () => {
    const picture = new Base64Text(async () => Buffer.alloc(90_000));
    const writing = textOf({ picture }, { breakInPicture: true });
    await expect(writing).rejects.toBeInstanceOf(BrokenOff);
  });
});

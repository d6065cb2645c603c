import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerBody, Base64Text, BrokenOff, type Writable, writeJson } from './answer-body';

function watched() {
  const seen = { made: 0, ended: false };
  async function* pieces() {
    try {
      for (;;) {
        seen.made++;
        yield 'piece';
      }
    } finally {
      seen.ended = true;
    }
  }
  return { seen, pieces: pieces() };
}

describe('answerBody', () => {
  it('makes nothing before it is asked for', async () => {
    const { seen, pieces } = watched();
    const reader = answerBody({
      pieces,
      work: new AbortController(),
      brokenEnd: 'close',
    }).getReader();
    await Promise.resolve();
    expect(seen.made).toBe(0);
    await reader.read();
    await reader.read();
    expect(seen.made).toBe(2);
  });

  it('ends the work when the reader leaves', async () => {
    const { seen, pieces } = watched();
    const work = new AbortController();
    const reader = answerBody({ pieces, work, brokenEnd: 'close' }).getReader();
    await reader.read();
    await reader.cancel();
    expect(work.signal.aborted).toBe(true);
    expect(seen).toEqual({ made: 1, ended: true });
  });

  it('fails when the work is ended', async () => {
    const { seen, pieces } = watched();
    const work = new AbortController();
    const reader = answerBody({ pieces, work, brokenEnd: 'close' }).getReader();
    await reader.read();
    work.abort(new Error('gone'));
    await expect(reader.read()).rejects.toThrow('gone');
    expect(seen.made).toBe(1);
  });

  it.each(['close', 'error'] as const)('breaks off by %s', async (brokenEnd) => {
    async function* pieces() {
      yield '{"a":';
      throw new BrokenOff('on request');
    }
    const body = answerBody({ pieces: pieces(), work: new AbortController(), brokenEnd });
    const text = new Response(body).text();
    if (brokenEnd === 'close') expect(await text).toBe('{"a":');
    else await expect(text).rejects.toThrow('on request');
  });
});

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

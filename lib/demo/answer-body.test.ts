import { describe, expect, it } from 'vitest';
import { answerBody } from './answer-body';
import { BrokenOff } from './json-writer';

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

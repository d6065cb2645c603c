import { describe, expect, it } from 'vitest';
import { models, post, readError, readEvents, readPictures, startDemo } from './demo-client';
import { type TroubleName, troubles } from './trouble';

const [words, sizes] = [
  Object.fromEntries(troubles.map(({ name, word }) => [name, word])) as Record<TroubleName, string>,
  { size: '1024x640' },
];

function askEverywhere(name: TroubleName, gateway = startDemo()) {
  const prompt = `a red house ${words[name]}`;
  const form = new FormData();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  for (const [field, value] of Object.entries({ model: models.free.id, prompt, ...sizes })) {
    form.append(field, value);
  }
  form.append('image', new Blob([png]), 'a.png');
  const chat = { messages: [{ role: 'user', content: prompt }] };
  return [
    post(gateway, '/images/generations', { model: models.free.id, prompt, ...sizes }),
    post(gateway, '/images/edits', form),
    post(gateway, '/chat/completions', { model: models.content.id, ...chat }),
    post(gateway, '/chat/completions', { model: models.images.id, stream: true, ...chat }),
  ];
}

describe('trouble on request', () => {
  it('has words that the README can list', () => {
    expect(new Set(troubles.map(({ word }) => word)).size).toBe(troubles.length);
    for (const { word, en, zh } of troubles) {
      expect(word).toMatch(/^\[[a-z-]+\]$/);
      expect(en).not.toBe('');
      expect(zh).toMatch(/\p{Script=Han}|^429/u);
    }
  });

  it.each([
    ['rate-limit', 429, 'rate_limit_exceeded', '2'],
    ['rate-limit-no-header', 429, 'rate_limit_exceeded', null],
    ['prompt-refused', 400, 'contentFilter', null],
    ['server-error', 500, 'server_error', null],
  ] as const)('%s is answered with %i everywhere', async (name, status, code, retryAfter) => {
    for (const answer of askEverywhere(name)) {
      const error = await readError(await answer);
      expect(error).toMatchObject({ status, code });
      expect(error.headers.get('retry-after')).toBe(retryAfter);
    }
  });

  it('output-refused is known by its message alone', async () => {
    for (const answer of askEverywhere('output-refused')) {
      const error = await readError(await answer);
      expect(error).toMatchObject({ status: 400, code: null });
      expect(error.message).toMatch(/^Generated image was filtered/);
    }
  });

  it('rate-limit-once refuses each prompt and user once', async () => {
    const gateway = startDemo();
    const ask = async (prompt: string, user?: string) => {
      const body = { model: models.free.id, prompt: `${prompt} ${words['rate-limit-once']}`, user };
      const response = await post(gateway, '/images/generations', { ...body, ...sizes });
      await response.body?.cancel();
      return [response.status, response.headers.get('retry-after')];
    };
    expect(await ask('a')).toEqual([429, '1']);
    expect(await ask('a')).toEqual([200, null]);
    expect(await ask('a', 'ann')).toEqual([429, '1']);
    expect(await ask('b')).toEqual([429, '1']);
    expect(await ask('a', 'ann')).toEqual([200, null]);
  });

  it('slow takes many times as long', async () => {
    const waited = async (prompt: string) => {
      let total = 0;
      const sleep = async (milliseconds: number) => {
        total += milliseconds;
      };
      const gateway = startDemo({ sleep, latencyMs: 100 });
      const chat = { messages: [{ role: 'user', content: prompt }], stream: true };
      await readPictures(
        await post(gateway, '/images/generations', { model: models.free.id, prompt, ...sizes }),
      );
      await readEvents(
        await post(gateway, '/chat/completions', { model: models.images.id, ...chat }),
      );
      return total;
    };
    const usual = await waited('a house on a hill');
    expect(usual).toBeCloseTo(200);
    expect(await waited(`a house ${words.slow}`)).toBeGreaterThan(10 * usual);
  });

  it('broken breaks off in the middle of a picture', async () => {
    const [generation, edit, chat, stream] = askEverywhere('broken');
    for (const answer of [generation, edit, chat]) {
      const response = await answer;
      expect(response?.status).toBe(200);
      const text = (await response?.text()) ?? '';
      expect(text.length).toBeGreaterThan(1000);
      expect(() => JSON.parse(text)).toThrow();
    }
    const streamed = await stream;
    expect(streamed?.status).toBe(200);
    await expect(streamed?.text()).rejects.toThrow();
  });

  it('fewer returns about half, at least one, of any model', async () => {
    for (const [model, n, expected] of [
      [models.free, 4, 2],
      [models.batch, 5, 3],
      [models.free, 1, 1],
    ] as const) {
      const body = { model: model.id, prompt: words.fewer, n, ...sizes };
      const answer = await readPictures(await post(startDemo(), '/images/generations', body));
      expect(answer.pictures).toHaveLength(expected);
    }
  });
});

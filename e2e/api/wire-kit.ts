import { expect } from 'vitest';

// What the tests of the wire share: requests, and what every answer has.

export const paths = {
  generations: '/api/v1/images/generations',
  edits: '/api/v1/images/edits',
  chat: '/api/v1/chat/completions',
};
export const picture = (fault: string) => ({
  model: 'turing/gpt-image-2',
  prompt: `fault:${fault}`,
});
export const chat = (fault: string) => ({
  model: 'turing/gemini-3-pro-image',
  stream: true,
  messages: [{ role: 'user', content: `fault:${fault}` }],
});
export const send = (url: string, body: unknown, { headers, signal }: RequestInit = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal,
  });

/** The headers of every answer of the API: nothing stored, compressed, buffered or guessed. */
export function expectApiHeaders(fields: Headers | Record<string, unknown>) {
  const headers = fields instanceof Headers ? Object.fromEntries(fields) : fields;
  expect(headers).toMatchObject({
    'cache-control': 'no-store, no-transform',
    'x-content-type-options': 'nosniff',
  });
  for (const name of ['content-encoding', 'set-cookie', 'server', 'x-powered-by', 'etag']) {
    expect(headers).not.toHaveProperty(name);
  }
  const cors = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  expect(cors).toEqual([]);
}

export async function expectEnvelope(response: Response, code: string | RegExp) {
  const { error } = await response.json();
  expect(Object.keys(error)).toEqual(expect.arrayContaining(['message', 'type', 'param', 'code']));
  expect(error.message).toMatch(/\S/);
  expect(String(error.code)).toMatch(code);
}

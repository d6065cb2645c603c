import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readRunFailure } from '../../core/runs/run-failure';
import { createSilenceWatch } from '../upstream';
import { passedHeaders, refusedAnswer } from './error-answer';
import { upstreamFailure } from './upstream-failure';

const secret = 'sk-secret-key';

/** What goes out for an answer of the gateway, and what a page makes of that. */
async function refused(status: number, body: string, contentType = 'application/json') {
  async function* pieces() {
    yield Buffer.from(body);
  }
  const answer = await refusedAnswer(
    {
      status,
      header: (name) => ({ 'content-type': contentType })[name],
      body: pieces(),
    },
    { begin() {}, end() {} },
    secret,
  );
  const text = String(Buffer.from((await answer.pieces.next()).value as Uint8Array));
  const failure = readRunFailure({
    status: answer.status,
    headers: new Headers(answer.headers),
    text,
    now: 0,
  });
  return {
    status: answer.status,
    retry: answer.headers['x-should-retry'],
    error: JSON.parse(text).error,
    body: JSON.parse(text),
    kind: failure.kind,
    mayBeCharged: failure.mayBeCharged,
  };
}
const said = (error: object) => JSON.stringify({ error: { message: 'Words', ...error } });

it('the words of a refusal that stop coming are said as far as they came', async () => {
  const call = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    call.signal.addEventListener('abort', () => reject(call.signal.reason));
  });
  async function* body() {
    yield Buffer.from('Too many ');
    yield Buffer.from('requests');
    await ended;
  }
  const answer = await refusedAnswer(
    { status: 429, header: () => undefined, body: body() },
    createSilenceWatch(20, (reason) => call.abort(reason)),
    undefined,
  );
  expect(answer).toMatchObject({ status: 429, error: { message: 'Too many requests' } });
});

it('an error that is too deep to be written again keeps its status, as text', async () => {
  const deep = `{"error":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
  const { status, error } = await refused(400, deep);
  expect([status, error.type]).toEqual([400, 'invalid_request_error']);
  expect(error.message.startsWith('{"error":[[')).toBe(true);
});

it('an error that is one endless string of quotes is told as text', async () => {
  const { status, error } = await refused(400, `"${'\\"'.repeat(131_000)}`);
  expect([status, error.message.slice(0, 3)]).toEqual([400, '"\\"']);
});

it('an error that is compressed is read', async () => {
  async function* body() {
    yield gzipSync(said({ code: 'insufficient_quota' }));
  }
  const answer = await refusedAnswer(
    { status: 429, header: (name) => ({ 'content-encoding': 'gzip' })[name], body: body() },
    { begin() {}, end() {} },
    secret,
  );
  expect(answer.error).toMatchObject({ message: 'Words', code: 'insufficient_quota' });
  expect(answer.headers['x-should-retry']).toBe('false');
});

it('an answer that is not HTTP may have been charged, also without a code', () => {
  const error = Object.assign(new Error('Invalid header'), { name: 'HTTPParserError' });
  expect(upstreamFailure({ error, reason: undefined, sent: true })).toMatchObject({
    code: 'upstream_invalid_answer',
    message: "The gateway's answer is not valid HTTP. It may have been charged.",
  });
});

it.each([
  ['x-request-id', 'req_1-2/3', true],
  ['x-request-id', 'r'.repeat(201), false],
  ['x-request-id', 'a b', true],
  ['x-request-id', 'caf\u00e9', false],
  ['retry-after', '12', true],
  ['retry-after', 'Sun, 06 Nov 1994 08:49:37 GMT', true],
  ['retry-after', '9'.repeat(5000), false],
  ['retry-after', '1\u00ff; x', false],
])('the header %s: %s passes: %s', (name, value, passes) => {
  const header = (asked: string) => (asked === name ? value : undefined);
  expect(passedHeaders({ header }, secret)).toEqual(passes ? { [name]: value } : {});
});

describe('what a gateway says', () => {
  it.each([
    [400, said({ code: 'c', param: 'size' }), { code: 'c', param: 'size', message: 'Words' }],
    [400, `\n\ufeff ${said({ code: 'c' })}`, { code: 'c', message: 'Words' }],
    [400, '{"error":"Words"}', { message: 'Words', type: 'invalid_request_error' }],
    [422, '{"detail":[{"loc":["body"],"msg":"Words"}]}', { message: 'body: Words' }],
    [400, '[{"error":{"message":"Words","code":3}}]', { message: 'Words', code: '3' }],
    [400, '{"code":"Odd","message":"Words"}', { message: 'Words', code: 'Odd' }],
    [429, '{"msg":"Words"}', { message: 'Words', code: 'rate_limit_exceeded' }],
    [500, '{"error":{}}', { message: '{"error":{}}', type: 'server_error' }],
    [500, '', { message: 'The gateway answered 500.' }],
    [400, said({ message: { text: 1 } }), { message: expect.stringContaining('{') }],
    [503, '<html><title>Busy</title></html>', { message: 'Busy' }],
  ])('with %i and %s keeps its words', async (status, body, error) => {
    const answer = await refused(status, body);
    expect(answer).toMatchObject({ status, error });
    expect(answer.error.message).toEqual(expect.any(String));
  });

  it('keeps the further fields of its envelope', async () => {
    const body = JSON.stringify({ error: { message: 'Words', code: 7, extra: 1 }, more: 2 });
    expect((await refused(400, body)).body).toEqual({
      error: { message: 'Words', code: '7', type: 'server_error', param: null, extra: 1 },
      more: 2,
    });
  });
});

describe('a refused key', () => {
  it.each([401, 403])('with %i is 502 with the words beside ours', async (status) => {
    const answer = await refused(status, said({ message: `Key ${secret} has no credit.` }));
    const stars = '*'.repeat(secret.length);
    expect(answer).toMatchObject({ status: 502, kind: 'operator', mayBeCharged: false });
    expect(answer.error.code).toBe('upstream_auth');
    expect(answer.error.message).toBe(
      `The gateway refused this server's key (${status}): Key ${stars} has no credit. ` +
        'Administrators: check TURING_API_KEY and TURING_BASE_URL.',
    );
    expect((await refused(status, '')).error.message).toMatch(/key \(40\d\)\. Administrators/);
    expect((await refused(status, '<h1>Forbidden</h1>')).error.message).toContain(': Forbidden.');
  });
});

it.each([400, 401, 500])('with %i no escape hides the key', async (status) => {
  const escaped = [...secret].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join('');
  for (const body of [`{"error":{"message":"${escaped}"}}`, `{"detail":["${escaped}"]}`]) {
    expect(JSON.stringify((await refused(status, body)).body)).not.toContain(secret);
  }
});

describe('a refusal of content', () => {
  it.each([
    [400, 'contentFilter', 400, 'contentFilter'],
    [422, 'moderation_blocked', 422, 'moderation_blocked'],
    [401, 'contentFilter', 400, 'contentFilter'],
    [403, 'moderation_blocked', 400, 'contentFilter'],
    [500, 'content_policy_violation', 400, 'contentFilter'],
  ])('with %i and %s is a refused prompt', async (status, code, passed, passedCode) => {
    expect(await refused(status, said({ code }))).toMatchObject({
      status: passed,
      error: { code: passedCode, message: 'Words' },
      kind: 'prompt_refused',
      mayBeCharged: false,
    });
  });

  it('may be known by its words alone', async () => {
    const body = said({ message: 'Generated image was filtered.' });
    expect(await refused(403, body)).toMatchObject({ status: 400, kind: 'output_refused' });
  });
});

describe('a quota that is used up', () => {
  it.each([
    [429, said({ code: 'insufficient_quota' })],
    [429, said({ code: null, type: 'insufficient_quota' })],
    [402, said({})],
  ])('with %i passes, and is not tried again: %s', async (status, body) => {
    expect(await refused(status, body)).toMatchObject({
      status,
      retry: 'false',
      kind: 'quota_spent',
      mayBeCharged: false,
    });
  });

  it('may be said as a refused key', async () => {
    const answer = await refused(403, said({ code: 'insufficient_quota' }));
    expect(answer).toMatchObject({ status: 502, retry: 'false', kind: 'operator' });
  });

  it('is not every 429', async () => {
    const answer = await refused(429, said({ code: 'rate_limit_exceeded' }));
    expect(answer).toMatchObject({ status: 429, retry: undefined, kind: 'rate_limit' });
  });
});

describe('an address that the gateway does not know', () => {
  it.each([
    [404, '<html>404 Not Found</html>'],
    [404, '{"detail":"Not Found"}'],
    [404, said({ message: 'Invalid URL (POST /images/generations)' })],
    [404, ''],
    [405, '<html>405 Not Allowed</html>'],
  ])('with %i names the setting: %s', async (status, body) => {
    const answer = await refused(status, body);
    expect(answer).toMatchObject({ status, kind: 'operator' });
    expect(answer.error.message).toMatch(/\. Administrators: check TURING_BASE_URL: .* \/v1\.$/);
  });

  it('is not a model that it does not know', async () => {
    const body = said({ message: 'The model `x` does not exist', code: 'model_not_found' });
    const answer = await refused(404, body);
    expect(answer).toMatchObject({ status: 404, kind: 'refused' });
    expect(answer.error.message).toBe('The model `x` does not exist');
  });
});

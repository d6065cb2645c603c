import { describe, expect, it } from 'vitest';
import { ApiError, errorTable, forOperatorWords, uploadCutWords } from '../api-error';
import {
  failureOfError,
  failureOfLostRun,
  failureOfNetwork,
  failureOfRun,
  readRunFailure,
} from './run-failure';

const read = (status: number, text: string, headers: Record<string, string> = {}) =>
  readRunFailure({ status, text, headers: new Headers(headers), now: 0 });
const envelope = (code: string | null, message = 'words') =>
  JSON.stringify({ error: { message, type: 't', param: null, code } });

describe('the envelope of a refused request', () => {
  it.each([
    [400, 'contentFilter', 'prompt_refused'],
    [429, 'rate_limit_exceeded', 'rate_limit'],
    [429, null, 'rate_limit'],
    [400, 'rate_limit_exceeded', 'rate_limit'],
    [504, 'upstream_timeout', 'timeout'],
    [504, null, 'timeout'],
    [502, 'upstream_unreachable', 'unreachable'],
    [502, 'upstream_invalid_answer', 'broken_answer'],
    [502, 'answer_too_large', 'answer_too_large'],
    [502, 'upstream_auth', 'operator'],
    [403, 'origin_not_allowed', 'hidden_host'],
    [413, 'request_too_large', 'too_large'],
    [413, null, 'too_large'],
    [400, 'invalid_value', 'refused'],
    [422, 'anything', 'refused'],
    [500, 'server_error', 'server_error'],
    [503, null, 'server_error'],
    [302, null, 'unknown'],
    [400, 'toString', 'refused'],
  ])('%i %s is %s', (status, code, kind) => {
    expect(read(status, envelope(code))).toMatchObject({ kind, status, code, message: 'words' });
  });

  it('of a start that came too early tells what it waits for, and that nothing was charged', () => {
    const headers = { 'retry-after': '720', 'x-should-retry': 'false' };
    expect(read(429, envelope('queue_wait'), headers)).toMatchObject({
      kind: 'queue_wait',
      retryAfterSeconds: 720,
      mayBeCharged: false,
    });
    const told = (budget: string, at: number | null) =>
      JSON.stringify({
        ...JSON.parse(envelope('budget_exceeded')),
        exceeded: { budget, limit: 9, at },
        budgets: { [budget]: { limit: 9, used: 8, freeAt: null } },
      });
    for (const [budget, at, kind, fitsAt] of [
      ['requestsPerMinute', 7, 'budget_wait', 720_000],
      ['runsAtOnce', null, 'budget_wait', null],
      ['picturesPerDay', 7, 'budget_spent', 720_000],
      ['picturesPerDay', null, 'budget_spent', null],
    ] as const) {
      expect(read(429, told(budget, at), headers)).toMatchObject({
        kind,
        mayBeCharged: false,
        budget: { name: budget, limit: 9, used: 8, fitsAt },
      });
    }
    expect(read(429, envelope('budget_exceeded')).kind).toBe('budget_spent');
  });

  it('knows a refused output by its words alone', () => {
    const text = envelope(null, 'Generated image was filtered by the review');
    expect(read(400, text).kind).toBe('output_refused');
    expect(read(400, envelope('contentFilter', 'generated IMAGE was filtered')).kind).toBe(
      'output_refused',
    );
  });

  it('tells a gateway that cannot be reached from one that took the request, or a part of it', () => {
    const text = envelope('upstream_unreachable');
    expect(read(502, text, { 'x-should-retry': 'false' }).kind).toBe('hung_up');
    expect(read(502, envelope('upstream_unreachable', uploadCutWords))).toMatchObject({
      kind: 'upload_cut',
      mayBeCharged: false,
    });
  });

  it('knows what is for the operator by its words, whatever the code', () => {
    const text = envelope('upstream_invalid_answer', `A redirect. ${forOperatorWords} do this.`);
    expect(read(502, text).kind).toBe('operator');
  });

  it('takes an error that is only a text', () => {
    expect(read(400, '{"error":"no"}')).toMatchObject({ kind: 'refused', message: 'no' });
  });
});

describe('the page of a proxy in front', () => {
  it.each([
    [401, 'signed_out'],
    [413, 'proxy_too_large'],
    [502, 'proxy_unavailable'],
    [503, 'proxy_unavailable'],
    [504, 'proxy_timeout'],
    [408, 'proxy_timeout'],
    [429, 'rate_limit'],
    [500, 'unknown'],
    [404, 'unknown'],
  ])('%i is %s', (status, kind) => {
    const page = `<html><head><style>b{}</style></head><body><h1>${status} Sorry</h1>
      <script>alert(1)</script><hr>nginx</body></html>`;
    expect(read(status, page)).toEqual({
      kind,
      status,
      code: null,
      message: `${status} Sorry nginx`,
      retryAfterSeconds: null,
      requestId: null,
      mayBeCharged: status >= 500,
    });
  });

  it.each(['', 'null', '[]', '{}', '{"error":null}', '{"error":{"mess'])('may be %j', (text) => {
    expect(read(502, text).kind).toBe('proxy_unavailable');
  });

  it('is cut where nobody reads on', () => {
    expect(read(502, 'x'.repeat(5000)).message).toHaveLength(300);
  });
});

describe('what is known beside the kind', () => {
  it('comes from the headers', () => {
    expect(read(429, envelope(null), { 'retry-after': '7', 'x-request-id': 'r1' })).toMatchObject({
      retryAfterSeconds: 7,
      requestId: 'r1',
      mayBeCharged: false,
    });
  });

  it.each(Object.entries(errorTable))('%s: whether it may be charged', (code, row) => {
    expect(read(row.status, envelope(code)).mayBeCharged).toBe(row.outcome === 'unknown');
    const error = new ApiError({ code: code as keyof typeof errorTable, message: 'words' });
    expect(failureOfError(error)).toMatchObject({ code, mayBeCharged: row.outcome === 'unknown' });
  });

  it('an answer that says it must not be repeated may be charged', () => {
    expect(
      read(502, envelope('upstream_unreachable'), { 'x-should-retry': 'false' }).mayBeCharged,
    ).toBe(true);
    expect(read(409, envelope(null)).mayBeCharged).toBe(false);
    expect(read(520, envelope('vendor_words')).mayBeCharged).toBe(true);
  });
});

describe('trouble of our own', () => {
  it('keeps the kind of an answer that cannot be read', () => {
    const error = new ApiError({ code: 'upstream_invalid_answer', message: 'no picture' });
    expect(failureOfError(error)).toMatchObject({
      kind: 'broken_answer',
      status: null,
      message: 'no picture',
    });
  });

  it('nothing was begun where nobody was reached', () => {
    expect(failureOfNetwork('refused')).toMatchObject({ kind: 'network', mayBeCharged: false });
  });
});

describe('the end of a run at the server', () => {
  const error = (code: string) => ({ message: 'words', type: 'server_error', param: null, code });

  it.each([
    [200, 'upstream_invalid_answer', 'broken_off', true],
    [null, 'upstream_invalid_answer', 'broken_answer', true],
    [200, 'upstream_timeout', 'broken_off', true],
    [null, 'upstream_timeout', 'timeout', true],
    [null, 'upstream_unreachable', 'unreachable', false],
    [200, 'spool_full', 'spool_full', true],
    [200, 'answer_too_large', 'answer_too_large', true],
  ])('%s %s is %s', (status, code, kind, mayBeCharged) => {
    const run = { state: 'failed' as const, status, error: error(code) };
    expect(failureOfRun(run)).toMatchObject({ kind, code, mayBeCharged });
  });

  it('may be charged when the server lost it', () => {
    const run = { state: 'interrupted' as const, status: null, error: error('server_error') };
    expect(failureOfRun(run)).toMatchObject({ kind: 'interrupted', mayBeCharged: true });
    expect(failureOfLostRun()).toMatchObject({ kind: 'lost', mayBeCharged: true });
  });
});

import { describe, expect, it } from 'vitest';
import { ApiError } from '../../core/api-error';
import { readConfig } from '../config';
import { checkContentType, checkHost, checkOrigin } from './request-guard';

const publicOrigin = 'https://public.test';

function refusal(headers: Record<string, string>, origin: string | undefined): string | undefined {
  try {
    checkOrigin(new Headers(headers), origin);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    expect(error).toMatchObject({ status: 403, code: 'origin_not_allowed' });
    return error.message;
  }
}

describe('a request of another site', () => {
  const host = 'playground.test:3000';

  it.each([
    // What a browser says of itself counts, whatever else is there.
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://other.test' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: `http://${host}` }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: publicOrigin }, false],
    [{ 'sec-fetch-site': '' }, false],
    [{ 'sec-fetch-site': 'Same-Origin' }, false],
    // On plain http it says nothing, and the origin is compared.
    [{ origin: `http://${host}` }, true],
    [{ origin: `https://${host}` }, true],
    [{ origin: `http://${host.toUpperCase()}` }, true],
    [{ host: 'Playground.TEST:3000', origin: `http://${host}` }, true],
    [{ origin: 'http://playground.test' }, false],
    [{ origin: 'http://playground.test:3001' }, false],
    [{ origin: 'http://playground.test.evil.test:3000' }, false],
    [{ origin: 'http://evil.test' }, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{ origin: publicOrigin }, true],
    [{ origin: 'http://public.test' }, false],
    [{ origin: `${publicOrigin}.evil.test` }, false],
    // Neither: an SDK.
    [{}, true],
  ])('%j passes: %s', (headers, passes) => {
    expect(refusal({ host, ...headers }, publicOrigin) === undefined).toBe(passes);
  });

  it('is not let in by the host of an address that is not set', () => {
    expect(refusal({ host, origin: publicOrigin }, undefined)).toBeDefined();
    expect(refusal({ origin: 'null' }, undefined)).toBeDefined();
  });

  it('must say where it comes from, if it is asked to', () => {
    const check = (headers: Record<string, string>) =>
      checkOrigin(new Headers({ host, ...headers }), undefined, { mustSay: true });
    expect(() => check({})).toThrow(/no Origin/);
    expect(() => check({ origin: `http://${host}` })).not.toThrow();
    expect(() => check({ 'sec-fetch-site': 'same-origin' })).not.toThrow();
  });

  it('is told both addresses and the setting', () => {
    expect(refusal({ host, origin: 'http://evil.test' }, undefined)).toMatch(
      /http:\/\/evil\.test.*playground\.test:3000.*PUBLIC_ORIGIN/,
    );
    expect(refusal({ host, 'sec-fetch-site': 'cross-site' }, publicOrigin)).toMatch(
      /cross-site.*https:\/\/public\.test.*PUBLIC_ORIGIN/,
    );
  });
});

describe('a name that another site gave this machine', () => {
  const gateway = { TURING_BASE_URL: 'http://10.0.0.1', TURING_API_KEY: 'sk-0123456789' };
  const passes = (host: string, settings: Record<string, string> = gateway) => {
    try {
      checkHost(new Headers({ host }), readConfig(settings));
      return true;
    } catch (error) {
      expect(error).toMatchObject({ status: 403, code: 'origin_not_allowed' });
      expect((error as Error).message).toContain('PUBLIC_ORIGIN');
      return false;
    }
  };

  it.each([
    'localhost',
    'localhost:3000',
    '127.0.0.1:3000',
    '127.1.2.3',
    '[::1]:3000',
    'LocalHost',
  ])('%s is its own', (host) => {
    expect(passes(host)).toBe(true);
  });

  it.each([
    'evil.test',
    'evil.test:3000',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    '',
    '10.0.0.7',
  ])('%j spends nothing of a key that has no password', (host) => {
    expect(passes(host)).toBe(false);
  });

  it.each([
    {},
    { ...gateway, APP_PASSWORD: 'four-quiet-words' },
    { ...gateway, ALLOW_OPEN: '1' },
    { ...gateway, PUBLIC_ORIGIN: 'http://evil.test:3000' },
  ] as Record<string, string>[])('is none with %j', (settings) => {
    expect(passes('evil.test:3000', settings)).toBe(true);
  });
});

describe('the kind of a body', () => {
  const check = (endpoint: 'generations' | 'edits' | 'chat', headers: Record<string, string>) =>
    checkContentType(new Headers(headers), endpoint);

  it.each([
    ['generations', 'application/json'],
    ['chat', 'Application/JSON; charset=utf-8'],
  ] as const)('%s takes %s, and the server writes its own', (endpoint, type) => {
    expect(check(endpoint, { 'content-type': type }).contentType).toBe('application/json');
  });

  it('edits take a boundary, quoted or not', () => {
    const type = (boundary: string) => ({ 'content-type': `multipart/form-data; ${boundary}` });
    expect(check('edits', type('boundary=abc')).boundary).toBe('abc');
    expect(check('edits', type('charset=UTF-8; boundary="a b"'))).toEqual({
      boundary: 'a b',
      contentType: 'multipart/form-data; boundary="a b"',
    });
    expect(check('edits', type('x="; boundary=b"; boundary=a')).contentType).toBe(
      'multipart/form-data; boundary=a',
    );
    expect(() => check('edits', type('boundary='))).toThrow(/boundary/);
    expect(() => check('edits', type(`boundary=${'a'.repeat(71)}`))).toThrow(/boundary/);
  });

  it.each([
    'boundary=a; boundary=b',
    'boundary=a; boundary*0=b',
    'boundary*=a',
    'boundary =a',
    'boundary=a"',
    'boundary="a ',
    'boundary="a\\b"',
    'boundary="a "',
    'boundary=a:b',
  ])('edits refuse %s', (parameters) => {
    expect(() => check('edits', { 'content-type': `multipart/form-data; ${parameters}` })).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid_multipart' }),
    );
  });

  it.each([
    ['generations', { 'content-type': 'application/json; charset=utf-7' }, /charset utf-7/],
    ['chat', { 'content-type': 'application/json; charset="UTF-16"' }, /charset utf-16/],
    ['chat', { 'content-type': 'application/json; charset=utf-8; charset=utf-7' }, /malformed/],
    ['chat', { 'content-type': "application/json; charset*=x''utf-7" }, /malformed/],
    ['edits', { 'content-type': 'multipart/form-data; boundary=a; charset=gbk' }, /charset gbk/],
    ['generations', { 'content-type': 'text/plain' }, /application\/json, not text\/plain/],
    ['generations', {}, /Send Content-Type: application\/json\.$/],
    ['chat', { 'content-type': 'multipart/form-data; boundary=a' }, /application\/json/],
    ['edits', { 'content-type': 'application/json' }, /multipart\/form-data/],
    [
      'generations',
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      /Content-Encoding: gzip/,
    ],
  ] as const)('%s refuse %j', (endpoint, headers, words) => {
    expect(() => check(endpoint, headers)).toThrow(words);
    expect(() => check(endpoint, headers)).toThrow(
      expect.objectContaining({ status: 415, code: 'unsupported_media_type' }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { deleteCookie, doubledCookie, isHttps, readCookie, refuseDoubledCookies } from './cookies';

const http = { 'x-forwarded-proto': 'http' };
const https = { 'x-forwarded-proto': 'https' };

describe('https', () => {
  it.each<[Record<string, string>, string | undefined, boolean]>([
    [{}, undefined, false],
    [http, undefined, false],
    [https, undefined, true],
    [{ 'x-forwarded-proto': 'HTTPS, http' }, undefined, true],
    [{ 'x-forwarded-proto': 'http, https' }, undefined, false],
    // Next writes `http` itself where a proxy in front says nothing.
    [{ ...http, host: 'a.test' }, 'https://a.test', true],
    [{ ...http, host: 'A.test' }, 'https://a.test', true],
    [{ host: 'a.test:8443' }, 'https://a.test:8443', true],
    [{ host: 'a.test' }, 'http://a.test', false],
    // The same server under another name, on plain http: its cookies would be refused with Secure.
    [{ host: '10.0.0.7:3000' }, 'https://a.test', false],
  ])('%j with PUBLIC_ORIGIN %s: %s', (headers, publicOrigin, expected) => {
    expect(isHttps(new Headers(headers), publicOrigin)).toBe(expected);
  });
});

describe('a cookie', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['visitor=a', http, 'a'],
    ['x=1; visitor=a;y=2', http, 'a'],
    ['visitor=', http, undefined],
    ['xvisitor=a; Visitor=b', http, undefined],
    ['visitor=a; visitor=b', http, undefined],
    ['visitor=a; visitor=a', http, undefined],
    ['visitor=a; visitor=', http, undefined],
    ['visitor=a; visitor', http, undefined],
    ['visitor=a', https, undefined],
    ['__Host-visitor=a', https, 'a'],
    ['visitor=b; __Host-visitor=a; visitor=c', https, 'a'],
    ['__Host-visitor=a; __Host-visitor=b', https, undefined],
    // No browser sends it on plain http, so a proxy hides the https.
    ['visitor=b; __Host-visitor=a', http, 'a'],
    ['visitor=b; __Host-session=a', http, undefined],
    ['visitor=a; \u00a0__Host-visitor=b', https, undefined],
    ['__Host-visitor=a; \u00a0__Host-visitor=b', https, 'a'],
  ])('of %j (%j) is %s', (cookie, headers, value) => {
    expect(readCookie(new Headers({ cookie, ...headers }), 'visitor')).toBe(value);
  });

  it.each<[string, Record<string, string>, string | undefined]>([
    ['visitor=a; session=b', http, undefined],
    ['visitor=a; visitor=b', http, 'visitor'],
    ['session=a; session=a', http, 'session'],
    ['other=a; other=b', http, undefined],
    ['visitor=a; visitor=b', https, 'visitor'],
    // Nothing reads it.
    ['session=a; session=b', https, undefined],
    ['__Host-session=s; visitor=a; visitor=b', https, undefined],
    ['__Host-visitor=a; __Host-visitor=b', https, '__Host-visitor'],
  ])('of %j (%j) came twice: %s', (cookie, headers, name) => {
    expect(doubledCookie(new Headers({ cookie, ...headers }))).toBe(name);
  });
});

describe('a cookie that came twice', () => {
  const asked = (host: string, path: string) => ({
    headers: new Headers({ host, cookie: 'visitor=a; visitor=b' }),
    url: `http://localhost${path}`,
  });

  it('is deleted at each prefix of the path, for this host and the parent domains', () => {
    const domains = ['', '; Domain=a.b.test', '; Domain=b.test'];
    for (const [path, paths] of [
      ['/', ['/']],
      ['/edit?x=/a', ['/', '/edit']],
      ['/api/runs/1', ['/', '/api', '/api/', '/api/runs', '/api/runs/', '/api/runs/1']],
      ['/api/', ['/', '/api', '/api/']],
    ] as const) {
      expect(deleteCookie('visitor', asked('A.b.test:3000', path)).sort()).toEqual(
        paths
          .flatMap((at) => domains.map((domain) => `visitor=; Path=${at}${domain}; Max-Age=0`))
          .sort(),
      );
    }
  });

  it.each([
    ['localhost:3000', undefined, 1],
    ['10.0.0.7:3000', undefined, 1],
    ['[::1]:3000', undefined, 1],
    ['', undefined, 1],
    ['a;b', undefined, 1],
    ['127.0.0.1:3000', 'https://a.test', 2],
  ])('at %j with PUBLIC_ORIGIN %s has %i domains', (host, publicOrigin, count) => {
    expect(deleteCookie('visitor', asked(host, '/'), publicOrigin)).toHaveLength(count);
  });

  it('is deleted with headers of a bounded size', () => {
    const deep = asked('a.b.c.d.e.f.g.h.i.j.test', '/a'.repeat(1000));
    expect(deleteCookie('visitor', deep).join('\r\nset-cookie: ').length).toBeLessThan(2500);
    expect(deleteCookie('visitor', asked('a.test', '/a;b%0d%0aX:1')).join()).not.toMatch(
      /;b|\r|\n/,
    );
  });

  it('is told to whoever sends it, with what helps if it comes again', () => {
    expect(() => refuseDoubledCookies(asked('a.test', '/'))).toThrow(
      expect.objectContaining({
        status: 400,
        code: 'invalid_value',
        param: 'Cookie',
        message: expect.stringMatching(/two cookies named visitor.*clear the cookies/),
        setCookies: expect.arrayContaining(['visitor=; Path=/; Max-Age=0']),
      }),
    );
  });
});

import { expect, it } from 'vitest';
import { readHead } from './early-answer';

const host = 'playground.test';
const read = (method: string, url: string, headers: Record<string, string> = {}) => {
  const head = { method, url, headers: { host, ...headers } };
  const answer = readHead(head);
  const judged = 'kind' in answer ? answer.kind : answer.error.status;
  return [judged, head.method, head.url, head.headers.host];
};
const seen = (method: string, url: string) => {
  const [, ...rest] = read(method, url);
  return rest;
};

it.each([
  ['GET', '/', 'page'],
  ['HEAD', '/edit?x=1', 'page'],
  ['GET', '/?x=%', 'page'],
  ['GET', '/apis', 'page'],
  ['GET', '/_next/static/chunks/a.js', 'file'],
  ['GET', '/api/health', 'health'],
  ['GET', '/api/ready', 'health'],
  ['GET', '/api/health?x=1', 'health'],
  ['POST', '/api/v1/images/generations', 'upload'],
  ['POST', '/api/v1/images/edits', 'upload'],
  ['POST', '/api/v1/chat/completions', 'upload'],
  ['GET', '/api/v1/chat/completions', 'api'],
  ['POST', '/api/auth/login', 'sign-in'],
  ['POST', '/api/auth/logout', 'sign-in'],
  ['GET', '/api', 'api'],
  ['GET', '/api/runs/%e2%82%ac', 'api'],
])('%s %s passes as it is, as %s', (method, url, kind) => {
  expect(read(method, url)).toEqual([kind, method, url, host]);
});

it.each(['/api/%', '/api/runs/%ff', '/api/%c0%ae', '/api/runs?since=%', '/api/%zz'])(
  'an address under /api that encodes nothing is refused: %s',
  (url) => {
    expect(read('GET', url)[0]).toBe(400);
  },
);

it.each([
  ['/%', '/%25'],
  ['/edit%ff', '/edit%25ff'],
  ['/%c0%ae/%20', '/%25c0%25ae/%2520'],
  ['/%?a=%', '/%25?a=%'],
])('a page of such an address is asked for by its letters: %s', (url, plain) => {
  expect(read('GET', url)).toEqual(['page', 'GET', plain, host]);
});

it.each([
  ['http://other.test:81/api/health', '/api/health', 'other.test:81'],
  ['HTTPS://other.test/edit?x=//y', '/edit?x=//y', 'other.test'],
  ['http://other.test', '/', 'other.test'],
  ['http://other.test?x=1', '/?x=1', 'other.test'],
  ['http://[::1]:80/', '/', '[::1]:80'],
])('the absolute form is its path, and its host counts: %s', (target, url, itsHost) => {
  expect(seen('GET', target)).toEqual(['GET', url, itsHost]);
});

it.each(['*', 'http://', 'http://name:word@other.test/', 'ftp://other.test/', 'api/health', ''])(
  'what is neither a path nor a web address is refused: %s',
  (url) => {
    expect(read('GET', url)[0]).toBe(400);
  },
);

it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
  'a page takes no %s',
  (method) => {
    const answer = readHead({ method, url: '/edit', headers: {} });
    expect(answer).toMatchObject({ error: { status: 405 }, headers: { allow: 'GET, HEAD' } });
  },
);

it.each(['TRACE', 'PROPFIND', 'QUERY'])(
  'under /api %s is answered as any wrong method',
  (method) => {
    expect(read(method, '/api/runs')).toEqual(['api', 'OPTIONS', '/api/runs', host]);
  },
);

it.each(['GET', 'POST'])('there are no server actions, by %s or whatever else', (method) => {
  const headers = { 'next-action': '\u009b', purpose: 'prefetch' };
  expect(read(method, '/', headers)[0]).toBe(404);
});

it.each([
  ['/edit', 'page'],
  ['/api/runs', 'api'],
])('what Next says to its own proxy does not come from outside: %s', (url, kind) => {
  const head = {
    method: 'GET',
    url,
    headers: { host, 'x-middleware-prefetch': '1', 'x-middleware-subrequest': 'proxy' },
  };
  expect(readHead(head)).toEqual({ kind });
  expect(head.headers).toEqual({ host });
});

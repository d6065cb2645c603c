import { beforeEach, describe, expect, it } from 'vitest';
import { isUuid } from '../core/runs/run';
import { createOldNames } from './access/old-names';
import { giveVisitor, readVisitor, readVisitors, visitorOfStart } from './visitor';

const [a, b, c] = [1, 2, 3].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`);
const http = { 'x-forwarded-proto': 'http' };
const https = { 'x-forwarded-proto': 'https' };
const hour = 60 * 60 * 1000;

let clock: number;
let kept: Record<string, unknown>;
beforeEach(() => {
  clock = Date.UTC(2030, 0, 1);
  kept = {};
});

const start = () =>
  createOldNames({
    files: {
      read: (name) => kept[name],
      write: async (name, value) => {
        kept[name] = value;
      },
    },
    periodMs: 24 * hour,
    now: () => clock,
  });

describe('whose runs a request starts, and whose it reads', () => {
  it.each<[string, Record<string, string>, string | undefined, (string | undefined)[]]>([
    ['', http, undefined, []],
    [`visitor=${a}`, http, a, [a]],
    [`visitor=${a}; visitor=${b}`, http, undefined, []],
    ['visitor=../etc', http, undefined, []],
    [`__Host-visitor=${a}`, https, a, [a]],
    [`__Host-visitor=${a}; visitor=${b}`, https, a, [a]],
    [`__Host-session=x; visitor=${b}`, https, undefined, []],
    // From before an update, or from when the server was on plain http.
    [`visitor=${b}`, https, undefined, [b]],
    [`visitor=${b}; session=x`, https, undefined, [b]],
    [`visitor=${b}; visitor=${c}`, https, undefined, []],
    [`__Host-visitor=${a}; __Host-visitor-before=${b}; visitor=${c}`, https, a, [a, b]],
    // A browser that keeps no cookies.
    ['', { ...https, visitor: String(a) }, a, [a]],
    [`visitor=${b}`, { ...https, visitor: String(a) }, a, [a, b]],
  ])('%j (%j) → %s, %j', (cookie, headers, own, all) => {
    const sent = new Headers({ cookie, ...headers });
    expect(readVisitor(sent)).toBe(own);
    expect(readVisitors(sent, start)).toEqual(all);
  });

  it('an old name is read until every run from before is swept, also after restarts', () => {
    const read = (oldNames = start()) =>
      readVisitors(new Headers({ cookie: `visitor=${a}`, ...https }), () => oldNames);
    expect(read()).toEqual([a]);
    clock += 24 * hour;
    expect(read()).toEqual([a]);
    clock += 1;
    expect(read()).toEqual([]);
    // A clock that was set back does not begin the period again.
    clock -= 100 * hour;
    expect(read()).toEqual([]);
  });
});

it('a new visitor keeps the way to the runs of the old name', () => {
  const given = (cookie: string) => {
    const response = new Response();
    giveVisitor(response, String(a), new Headers({ cookie, ...https }));
    return response.headers.getSetCookie();
  };
  const rest = 'HttpOnly; SameSite=Lax; Secure';
  const own = `__Host-visitor=${a}; Path=/; Max-Age=31536000; ${rest}`;
  expect(given('')).toEqual([own]);
  expect(given(`visitor=${b}; visitor=${c}`)).toEqual([own]);
  expect(given(`__Host-visitor-before=${b}`)).toEqual([
    own,
    `__Host-visitor-before=${b}; Path=/; Max-Age=86400; ${rest}`,
  ]);
});

it('starts of one browser at once, with the old name, are of one new visitor', () => {
  const start = (cookie: string, address: string) =>
    visitorOfStart(new Headers({ cookie, ...https }), address, () => Buffer.alloc(32));
  const before = `__Host-visitor-before=${b}`;
  const first = start(before, '10.0.0.1');
  expect(isUuid(first)).toBe(true);
  expect(first).not.toBe(b);
  expect(start(before, '10.0.0.1')).toBe(first);
  expect(start(before, '10.0.0.2')).not.toBe(first);
  expect(start('', '10.0.0.1')).not.toBe(start('', '10.0.0.1'));
});

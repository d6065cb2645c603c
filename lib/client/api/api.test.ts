import { afterEach, expect, it, vi } from 'vitest';
import { fetchRuns, SignedOut } from './api';

afterEach(() => vi.unstubAllGlobals());

/** A server that answers each path so. */
function serve(answers: Record<string, Response>) {
  const asked: [string, Record<string, string>][] = [];
  vi.stubGlobal('fetch', async (path: string, { headers }: { headers: Record<string, string> }) => {
    asked.push([path, headers]);
    return answers[path];
  });
  return asked;
}

it('gives a list of runs that comes in pieces as one', async () => {
  const list = (id: string, next: string | null) =>
    Response.json({ serverTime: 5, runs: [{ id }], next }, { headers: { 'runs-cursor': 'c' } });
  const asked = serve({
    '/api/runs': list('a', '/api/runs?p=2'),
    '/api/runs?p=2': list('b', null),
  });
  const fetched = await fetchRuns();
  expect(fetched).toEqual({
    serverTime: 5,
    runs: [{ id: 'a' }, { id: 'b' }],
    cursor: 'c',
    isWhole: true,
  });
  expect(asked.map(([, headers]) => headers.prefer)).toEqual([undefined, undefined]);
});

it('asks for the changes after a cursor, and lets the server wait for one', async () => {
  const headers = { 'runs-cursor': 'd', 'runs-since': 'c 1' };
  const asked = serve({
    '/api/runs?since=c%201': Response.json({ serverTime: 5, runs: [], next: null }, { headers }),
  });
  const fetched = await fetchRuns({ since: 'c 1', holdSeconds: 25 });
  expect(fetched).toMatchObject({ cursor: 'd', isWhole: false });
  expect(asked[0]?.[1]).toMatchObject({ prefer: 'wait=25' });
});

it('takes a list of a server that knows no cursor for a whole one', async () => {
  serve({ '/api/runs': Response.json({ serverTime: 5, runs: [] }) });
  expect(await fetchRuns()).toMatchObject({ cursor: null, isWhole: true });
});

it('tells a session that is over from an answer that is no list', async () => {
  const error = { message: 'Sign in', type: 'authentication_error', code: 'sign_in_required' };
  serve({ '/api/runs': Response.json({ error }, { status: 401 }) });
  await expect(fetchRuns()).rejects.toBeInstanceOf(SignedOut);
  serve({ '/api/runs': new Response('<h1>nginx</h1>', { status: 502 }) });
  await expect(fetchRuns()).rejects.toThrow('502');
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { lookForSession, sessionStore, signIn, untilSignedIn } from './session';

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStore.setState({ isSignedOut: false });
});

const answer = (status: number, code?: string, headers: Record<string, string> = {}) => {
  const body = status === 204 ? null : JSON.stringify({ error: { message: 'No.', code } });
  const asked = vi.fn(async (..._: unknown[]) => new Response(body, { status, headers }));
  vi.stubGlobal('fetch', asked);
  return asked;
};
const ann = { name: ' Ann ', password: 'four-quiet-words' };

describe('signing in', () => {
  it('sends name and password, and ends the waiting of runs', async () => {
    const asked = answer(204);
    const waiting = untilSignedIn(new AbortController().signal);
    expect(sessionStore.getState().isSignedOut).toBe(true);
    expect(await signIn(ann)).toBeUndefined();
    await waiting;
    const [path, { body }] = asked.mock.calls[0] as [string, { body: string }];
    expect([path, JSON.parse(body)]).toEqual(['/api/auth/login', { ...ann, name: 'Ann' }]);
  });

  it.each([
    [401, 'wrong_password', {}, { kind: 'wrong' }],
    [429, 'too_many_attempts', { 'retry-after': '7' }, { kind: 'wait', seconds: 7 }],
    [503, 'store_unavailable', {}, { kind: 'databaseAway' }],
    [403, 'origin_not_allowed', {}, { kind: 'refused', message: 'No.' }],
  ])('says what is in the way: %s %s', async (status, code, headers, problem) => {
    answer(status, code, headers as Record<string, string>);
    expect(await signIn(ann)).toEqual(problem);
  });

  it('asks nobody with a name that is none', async () => {
    const asked = answer(204);
    expect(await signIn({ ...ann, name: ' ' })).toEqual({ kind: 'name', problem: 'empty' });
    expect(asked).not.toHaveBeenCalled();
  });

  it('knows a server that is not there', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(await signIn(ann)).toEqual({ kind: 'network' });
  });
});

describe('a run that waits for a sign-in', () => {
  it('can be stopped meanwhile', async () => {
    const stopping = new AbortController();
    const waiting = untilSignedIn(stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });

  it('goes on where somebody has signed in in another tab', async () => {
    const waiting = untilSignedIn(new AbortController().signal);
    answer(401, 'sign_in_required');
    await lookForSession();
    expect(sessionStore.getState().isSignedOut).toBe(true);
    vi.stubGlobal('fetch', async () => Response.json({ serverTime: 0, runs: [] }));
    await lookForSession();
    await waiting;
    expect(sessionStore.getState().isSignedOut).toBe(false);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { failureOfSignedOut, readRunFailure } from '../../core/runs/run-failure';
import { SignedOut } from '../api/api';
import {
  createWorld,
  firstKey,
  picture,
  rateLimit,
  refused,
  runAt,
  secondKey,
  stopping,
  withoutDatabase,
} from './run-engine.setup';

describe('a run', () => {
  it('tries again after a 429 with a new key that was kept before it was used', async () => {
    const it = createWorld({ answers: [refused(rateLimit('7'))] });
    await it.resume();
    expect(it.posted).toEqual([firstKey, secondKey]);
    expect(it.entry).toMatchObject({ state: 'done', tries: 2, id: firstKey, trouble: null });
    const paused = it.kept.find(({ state }) => state === 'pausing');
    expect(paused?.nextTry).toEqual({ key: secondKey, at: 7000 });
    expect(it.clock).toBeGreaterThanOrEqual(7000);
  });

  it('tries a 429 of the start itself again too', async () => {
    const it = createWorld({ starts: [rateLimit()] });
    await it.resume();
    expect(it.posted).toEqual([firstKey, secondKey]);
  });

  it('sends a start that a stopping server refused again, under its key, when it is back', async () => {
    const away = Array.from({ length: 9 }, () => new TypeError('failed'));
    const unknown = Array.from({ length: 8 }, () => undefined);
    const it = createWorld({
      starts: [stopping, stopping, ...away],
      watched: (id) => (unknown.length > 0 ? unknown.pop() : runAt(id)),
    });
    await it.resume();
    expect(new Set(it.posted)).toEqual(new Set([firstKey]));
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
    const paused = it.kept.filter(({ state }) => state === 'pausing');
    expect(paused.length).toBeGreaterThan(2);
    for (const { trouble } of paused) expect(trouble?.kind).toBe('server_stopping');
    expect(paused[0]?.nextTry).toEqual({ key: firstKey, at: 5000 });
    // What the page says of the server is over once that has taken the run up.
    expect(it.kept.find(({ state }) => state === 'answering')?.trouble).toBeNull();
  });

  it('sends it when the database is back, and says meanwhile which of the two is away', async () => {
    const it = createWorld({ starts: [withoutDatabase, stopping, withoutDatabase] });
    await it.resume();
    expect(new Set(it.posted)).toEqual(new Set([firstKey]));
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
    const said = it.kept.filter(({ state }) => state === 'pausing').map((one) => one.trouble?.kind);
    expect([...new Set(said)]).toEqual(['store_unavailable', 'server_stopping']);
    expect(said.at(-1)).toBe('store_unavailable');
  });

  it('waits for such a server too where a proxy speaks for it in the meantime', async () => {
    const page = readRunFailure({ status: 502, headers: new Headers(), text: '<h1>', now: 0 });
    const it = createWorld({ starts: [stopping, ...Array.from({ length: 9 }, () => page)] });
    await it.resume();
    expect(new Set(it.posted)).toEqual(new Set([firstKey]));
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
  });

  it('leaves it to a click when the server stays away, with nothing charged', async () => {
    const it = createWorld({ starts: Array.from({ length: 999 }, () => stopping) });
    await it.resume();
    expect(it.clock).toBe(600_000);
    expect(it.entry).toMatchObject({
      state: 'failed',
      trouble: { kind: 'server_stopping', mayBeCharged: false },
    });
  });

  it('goes on with a countdown after a reload, with the key that was kept', async () => {
    const it = createWorld();
    it.entry = { ...it.entry, state: 'pausing', nextTry: { key: 'kept-key', at: 3000 } };
    await it.resume();
    expect(it.posted).toEqual(['kept-key']);
    expect(it.clock).toBe(3000);
  });

  it('does not wait for hours when the clock was put back in the meantime', async () => {
    const it = createWorld();
    it.entry = { ...it.entry, state: 'pausing', nextTry: { key: secondKey, at: 5 * 3600_000 } };
    await it.resume();
    expect(it.posted).toEqual([secondKey]);
    expect(it.clock).toBe(0);
  });

  it('gives up after five tries', async () => {
    const it = createWorld({ answers: Array.from({ length: 9 }, () => refused(rateLimit())) });
    await it.resume();
    expect(it.posted).toHaveLength(5);
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { kind: 'rate_limit' }, tries: 5 });
  });

  it('does not wait for a day', async () => {
    const it = createWorld({ answers: [refused(rateLimit('86400'))] });
    await it.resume();
    expect(it.posted).toHaveLength(1);
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { retryAfterSeconds: 86400 } });
  });

  it.each([500, 502, 503, 504, 408, 409, 400])('never repeats a %i by itself', async (status) => {
    const trouble = readRunFailure({
      status,
      headers: new Headers({ 'retry-after': '1' }),
      text: '{"error":{"message":"no"}}',
      now: 0,
    });
    const it = createWorld({ answers: [refused(trouble)] });
    await it.resume();
    expect(it.posted).toHaveLength(1);
    expect(it.entry.state).toBe('failed');
  });

  it('tells the lane of its model of each start and each refusal', async () => {
    const it = createWorld({ answers: [refused(rateLimit('7'))] });
    await it.resume();
    expect(it.noted).toEqual(['start of m', '429 of m', 'start of m']);
  });

  it('that waits for its lane is sent again after any pause, and any number of tries', async () => {
    const answers = Array.from({ length: 7 }, () => refused(rateLimit('86400')));
    const waits = [3000, 0, 0, 0, 0, 0, 0, 0];
    const it = createWorld({ answers, admitAgain: async () => waits.shift() ?? 0 });
    await it.resume();
    expect(it.entry).toMatchObject({ state: 'done', tries: 8 });
    expect(it.posted).toHaveLength(8);
    expect(it.clock).toBeGreaterThanOrEqual(7 * 86_400_000 + 1000);
    // Whoever admits it has noted its start.
    expect(it.noted).toEqual(Array.from({ length: 7 }, () => '429 of m'));
  });

  it('ends a countdown that is stopped', async () => {
    const it = createWorld({ answers: [refused(rateLimit('60'))] });
    const running = it.resume();
    void it.stop(firstKey);
    await running;
    expect(it.entry.state).toBe('cancelled');
    expect(it.posted.length).toBeLessThanOrEqual(1);
  });

  it('is not read back from what was just saved, to be started', async () => {
    const it = createWorld();
    it.start(firstKey);
    await expect.poll(() => it.entry.state).toBe('done');
    expect(it.loads).toBe(0);
    expect(it.kept[0]?.state).toBe('queued');
  });

  it('goes on at the end of a countdown where another tab is by then', async () => {
    const it = createWorld();
    const paused = {
      ...it.entry,
      state: 'pausing' as const,
      nextTry: { key: secondKey, at: 3000 },
    };
    it.entry = paused;
    it.saveElsewhere({ ...paused, state: 'waiting', nextTry: null, key: secondKey, tries: 2 });
    await it.resume();
    expect(it.loads).toBe(1);
    expect(it.posted).toEqual([]);
    expect(it.entry).toMatchObject({ state: 'done', tries: 2 });
  });

  it('that another tab has read whole stays whole where the server has let go of its answer', async () => {
    const it = createWorld({ watched: () => undefined });
    const waiting = { ...it.entry, state: 'waiting' as const, startedAt: 1 };
    it.entry = waiting;
    it.saveElsewhere({ ...waiting, state: 'done', slots: [picture] });
    await it.resume();
    expect(it.entry).toMatchObject({ state: 'done', slots: [picture], trouble: null });
    const alone = createWorld({ watched: () => undefined });
    alone.entry = waiting;
    alone.saveElsewhere(waiting);
    await alone.resume();
    expect(alone.entry).toMatchObject({ state: 'failed', trouble: { kind: 'lost' } });
  });

  it('that another tab has read whole is shown whole where it is stopped', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
    const it = createWorld();
    const answering = { ...it.entry, state: 'answering' as const, startedAt: 1 };
    it.entry = answering;
    it.saveElsewhere({ ...answering, state: 'done', slots: [picture] });
    await it.stop(firstKey);
    await expect.poll(() => it.entry).toMatchObject({ state: 'done', slots: [picture] });
    vi.unstubAllGlobals();
  });

  it('that another tab has stopped is stopped here', async () => {
    const it = createWorld({ answers: [refused(rateLimit('60'))] });
    const running = it.resume();
    it.hear({ ...it.entry, state: 'done' }, true);
    expect(it.entry.state).not.toBe('done');
    it.hear({ ...it.entry, state: 'cancelled' }, true);
    await running;
    expect(it.entry.state).toBe('cancelled');
  });
});

describe('a session that ends', () => {
  it.each([
    ['before the start', { starts: [failureOfSignedOut()] }, [firstKey, firstKey]],
    ['before the answer', { answers: [refused(failureOfSignedOut())] }, [firstKey]],
    [
      'while the run is watched',
      {
        watched: (
          (seen) => (id: string) =>
            seen.shift() ?? runAt(id)
        )([new SignedOut()]),
      },
      [firstKey],
    ],
  ])(
    '%s holds the run up until somebody signs in, and costs it nothing',
    async (_, world, posted) => {
      const it = createWorld(world);
      await it.resume();
      expect(it.signIns).toBe(1);
      expect(it.posted).toEqual(posted);
      expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
    },
  );
});

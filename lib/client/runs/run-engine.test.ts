import { describe, expect, it } from 'vitest';
import { failureOfSignedOut, readRunFailure } from '../../core/runs/run-failure';
import { SignedOut } from '../api/api';
import {
  type AnswerEvent,
  createWorld,
  firstKey,
  good,
  picture,
  rateLimit,
  refused,
  runAt,
  secondKey,
  stopping,
} from './run-engine.setup';

describe('a run', () => {
  it('starts a run, reads its answer, and keeps it started and ended', async () => {
    const it = createWorld();
    await it.resume();
    expect(it.posted).toEqual([firstKey]);
    expect(it.entry).toMatchObject({ state: 'done', durationMs: 4000 });
    expect(it.entry.slots).toEqual([picture, { kind: 'missing' }]);
    expect(it.kept.map(({ state }) => state)).toEqual(['waiting', 'done']);
  });

  it('asks again under the same key when the connection of the start fails', async () => {
    const starts = [new TypeError('failed'), new TypeError('failed')];
    const unknown = [undefined, undefined];
    const it = createWorld({
      starts,
      watched: (id) => (unknown.length > 0 ? unknown.pop() : runAt(id)),
    });
    await it.resume();
    expect(it.posted).toEqual([firstKey, firstKey, firstKey]);
    expect(it.entry.state).toBe('done');
  });

  it.each([502, 503, 504])(
    'asks again under the same key after a page of a proxy (%i)',
    async (status) => {
      const page = readRunFailure({
        status,
        headers: new Headers(),
        text: '<h1>nginx</h1>',
        now: 0,
      });
      const unknown = [undefined, undefined];
      const it = createWorld({
        starts: [page, page],
        watched: (id) => (unknown.length > 0 ? unknown.pop() : runAt(id)),
      });
      await it.resume();
      expect(it.posted).toEqual([firstKey, firstKey, firstKey]);
      expect(it.entry.state).toBe('done');

      const starts = Array.from({ length: 9 }, () => page);
      const never = createWorld({ starts, watched: () => undefined });
      await never.resume();
      expect(never.posted).toHaveLength(4);
      expect(never.entry).toMatchObject({ state: 'failed', trouble: { kind: page.kind } });
    },
  );

  it('asks once where the proxy refuses for the size', async () => {
    const page = readRunFailure({ status: 413, headers: new Headers(), text: '<h1>', now: 0 });
    const it = createWorld({ starts: [page] });
    await it.resume();
    expect(it.posted).toHaveLength(1);
    expect(it.entry.trouble).toMatchObject({ kind: 'proxy_too_large', mayBeCharged: false });
  });

  it('gives up a start that never gets through, with nothing charged', async () => {
    const starts = Array.from({ length: 9 }, () => new TypeError('failed'));
    const it = createWorld({ starts, watched: () => undefined });
    await it.resume();
    expect(it.posted).toHaveLength(4);
    expect(it.entry).toMatchObject({
      state: 'failed',
      trouble: { kind: 'network', mayBeCharged: false },
    });
  });

  it('does not start again what was started before a reload', async () => {
    const it = createWorld();
    it.entry = { ...it.entry, state: 'waiting' };
    await it.resume();
    expect(it.posted).toEqual([]);
    expect(it.entry.state).toBe('done');
  });

  it('says so when the server has lost the run, and that it may have been charged', async () => {
    const it = createWorld({ watched: () => undefined });
    await it.resume();
    expect(it.entry).toMatchObject({
      state: 'failed',
      trouble: { kind: 'lost', mayBeCharged: true },
    });
    expect(it.posted).toHaveLength(1);
  });

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

  it('says so when what reads the answer cannot be loaded, and can be asked again', async () => {
    const it = createWorld({ answers: Array.from({ length: 9 }, () => new Error('no script')) });
    await it.resume();
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { kind: 'network' } });
    expect(it.kept.at(-1)?.state).toBe('failed');
  });

  it('loads what reads the answer once more when the network was away', async () => {
    const it = createWorld({ answers: [new Error('no script')] });
    await it.resume();
    expect(it.entry.state).toBe('done');
  });

  it('keeps the pictures that came before an answer broke off', async () => {
    const broken = readRunFailure({ status: 502, headers: new Headers(), text: '', now: 0 });
    const it = createWorld({
      answers: [[good[0] as AnswerEvent, ...refused(broken)]],
    });
    await it.resume();
    expect(it.entry.state).toBe('failed');
    expect(it.entry.slots[0]).toEqual(picture);
  });

  it('ends a countdown that is stopped', async () => {
    const it = createWorld({ answers: [refused(rateLimit('60'))] });
    const running = it.resume();
    void it.stop(firstKey);
    await running;
    expect(it.entry.state).toBe('cancelled');
    expect(it.posted.length).toBeLessThanOrEqual(1);
    expect(it.isActive(firstKey)).toBe(false);
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

  it('that another tab has stopped is stopped here', async () => {
    const it = createWorld({ answers: [refused(rateLimit('60'))] });
    const running = it.resume();
    it.hear({ ...it.entry, state: 'done' }, true);
    expect(it.entry.state).not.toBe('done');
    it.hear({ ...it.entry, state: 'cancelled' }, true);
    await running;
    expect(it.entry.state).toBe('cancelled');
  });

  it('marks a run that another tab has cancelled', async () => {
    const it = createWorld({ watched: (id) => runAt(id, { state: 'cancelled', status: null }) });
    await it.resume();
    expect(it.entry.state).toBe('cancelled');
  });
});

describe('a start of which the answer gets lost', () => {
  const lost = new TypeError('Failed to fetch');
  const page = (status: number) =>
    readRunFailure({ status, headers: new Headers(), text: '<h1>nginx</h1>', now: 0 });

  it('is found at the server, and not sent a second time', async () => {
    const it = createWorld({ starts: [lost] });
    await it.resume();
    expect(it.posted).toEqual([firstKey]);
    expect(it.entry.state).toBe('done');
  });

  it.each([502, 503, 504])('behind a proxy’s own %i page too', async (status) => {
    const it = createWorld({ starts: [page(status)] });
    await it.resume();
    expect(it.posted).toEqual([firstKey]);
    expect(it.entry.state).toBe('done');
  });

  it('says what the proxy said where the server knows of none', async () => {
    const starts = Array.from({ length: 9 }, () => page(502));
    const it = createWorld({ starts, watched: () => undefined });
    await it.resume();
    expect(it.posted).toHaveLength(4);
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { kind: 'proxy_unavailable' } });
  });

  it.each(['uploading', 'interrupted'] as const)(
    'is sent again under its key while the server calls it %s',
    async (state) => {
      const seen = [runAt(firstKey, { state, status: null })];
      const it = createWorld({ starts: [lost], watched: (id) => seen.pop() ?? runAt(id) });
      await it.resume();
      expect(it.posted).toEqual([firstKey, firstKey]);
      expect(it.entry.state).toBe('done');
    },
  );

  it('counts its time from when it began to be sent', async () => {
    const it = createWorld({ uploadMs: 9000 });
    await it.resume();
    expect(it.kept[0]?.startedAt).toBe(0);
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

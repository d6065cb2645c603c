import { describe, expect, it, vi } from 'vitest';
import { failureOfLostReference, readRunFailure } from '../../core/runs/run-failure';
import { SignedOut } from '../api/api';
import {
  called,
  createWorld,
  firstKey,
  inLine,
  queueWait,
  runAt,
  stopping,
  withoutPlace,
} from './run-engine.setup';
import { noteSharing } from './sharing-store';

const exceeded = (budget: string, seconds: number) =>
  readRunFailure({
    status: 429,
    headers: new Headers({ 'retry-after': String(seconds) }),
    text: JSON.stringify({
      error: { message: 'no', type: 'rate_limit_error', code: 'budget_exceeded' },
      exceeded: { budget, limit: 5, at: 9 },
      budgets: { [budget]: { limit: 5, used: 5, freeAt: 9 } },
    }),
    now: 0,
  });
const large = async () => ({ endpoint: 'edits', body: new Blob([new Uint8Array(4e6)]) }) as const;

describe('a start whose turn it is not', () => {
  it('waits for it, however long, under its key and as no try', async () => {
    const turns = Array.from({ length: 2000 }, () => inLine);
    const it = createWorld({ starts: [queueWait('7200')], turns });
    await it.resume();
    expect(it.posted).toEqual([firstKey, firstKey]);
    expect(it.clock).toBeGreaterThan(2_000_000);
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, key: firstKey, trouble: null });
    const paused = it.kept.find(({ state }) => state === 'pausing');
    expect(paused?.trouble).toMatchObject({ kind: 'queue_wait', mayBeCharged: false });
    // The lane of its model is not told of a 429.
    expect(it.noted).not.toContain('429 of m');
  });

  it('is sent as soon as it is called, before the time that was expected', async () => {
    const it = createWorld({ starts: [queueWait('7200')], turns: [inLine, inLine, called] });
    await it.resume();
    expect(it.posted).toHaveLength(2);
    expect(it.clock).toBe(3000);
  });

  it('goes on waiting after a reload', async () => {
    const it = createWorld({ turns: [inLine, inLine] });
    const nextTry = { key: firstKey, at: 7_200_000, waitMs: 7_200_000 };
    it.entry = { ...it.entry, state: 'pausing', trouble: queueWait('7200'), nextTry };
    await it.resume();
    expect(it.posted).toEqual([firstKey]);
    expect(it.clock).toBe(3000);
    expect(it.entry).toMatchObject({ state: 'done', tries: 1 });
  });

  it.each([
    ['after a reload', [], [withoutPlace]],
    ['of a server that has restarted', [queueWait('7200')], [inLine, withoutPlace]],
  ])('asks for a place again where the old one is gone: %s', async (_, starts, turns) => {
    const it = createWorld({ starts, turns });
    if (starts.length === 0) {
      const nextTry = { key: firstKey, at: 7_200_000, waitMs: 7_200_000 };
      it.entry = { ...it.entry, state: 'pausing', trouble: queueWait('7200'), nextTry };
    }
    await it.resume();
    expect(it.entry.state).toBe('done');
    expect(it.clock).toBeLessThan(10_000);
  });

  it('that has no place, for so many wait, asks when it was told to', async () => {
    const turns = Array.from({ length: 500 }, () => withoutPlace);
    const it = createWorld({ starts: [queueWait('60'), queueWait('60')], turns });
    await it.resume();
    expect(it.posted).toHaveLength(3);
    expect(it.clock).toBeGreaterThanOrEqual(120_000);
  });

  it('never asks more than once a second, whatever the server says', async () => {
    const starts = Array.from({ length: 50 }, () => queueWait('0'));
    const it = createWorld({ starts, turns: Array.from({ length: 50 }, () => called) });
    await it.resume();
    expect(it.posted).toHaveLength(51);
    expect(it.clock).toBeGreaterThanOrEqual(50_000);
  });

  it('is not sent here where another tab has sent it', async () => {
    const run = runAt(firstKey, { state: 'waiting', status: null });
    const turns = [{ ...withoutPlace, run: { ...run, state: 'uploading' as const } }];
    const it = createWorld({
      starts: [queueWait('7200')],
      turns: [...turns, { ...withoutPlace, run }],
    });
    await it.resume();
    expect(it.posted).toHaveLength(1);
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
  });

  it('waits on once somebody has signed in again', async () => {
    const turns = [inLine, new SignedOut(), inLine];
    const it = createWorld({ starts: [queueWait('7200')], turns });
    await it.resume();
    expect(it.signIns).toBe(1);
    expect(it.entry.state).toBe('done');
  });

  it('knows when its turn is expected, and gives its place back when it is stopped', async () => {
    vi.stubGlobal('fetch', async () =>
      Response.json({ error: { message: '', code: 'run_not_found' } }, { status: 404 }),
    );
    const turns = Array.from({ length: 99_999 }, () => inLine);
    const it = createWorld({ starts: [queueWait('7200')], turns });
    const running = it.resume();
    await expect.poll(() => it.entry.nextTry?.at).toBe(720_000);
    await it.stop(firstKey);
    await running;
    expect(it.entry).toMatchObject({ state: 'cancelled', durationMs: null });
    expect(it.dropped).toEqual([firstKey]);
    expect(it.posted).toHaveLength(1);
    vi.unstubAllGlobals();
  });

  it('leaves the line also where another tab stops it while it is sent here', async () => {
    const removed: string[] = [];
    vi.stubGlobal('fetch', async (url: string, { method }: RequestInit) => {
      removed.push(`${method} ${url}`);
      return new Response(null, { status: 204 });
    });
    noteSharing({ serverTime: 0, queue: { models: [], tickets: [] } });
    const it = createWorld({ encode: () => new Promise(() => {}) });
    void it.resume();
    await expect.poll(() => it.entry.state).toBe('uploading');
    it.hear({ ...it.entry, state: 'cancelled' }, true);
    await expect.poll(() => it.dropped).toEqual([firstKey]);
    expect(removed).toEqual([`DELETE /api/runs/${firstKey}`]);
    expect(it.entry.state).toBe('cancelled');
    vi.unstubAllGlobals();
  });

  it('gives its slot back where its turn has come and this browser cannot send it', async () => {
    const lost = { trouble: failureOfLostReference('a.png') };
    const posts = [{ endpoint: 'edits', body: '{}' } as const];
    const it = createWorld({
      starts: [queueWait('7200')],
      encode: async () => posts.shift() ?? lost,
    });
    await it.resume();
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { kind: 'reference_lost' } });
    expect(it.dropped).toEqual([firstKey]);
  });

  it('is still patient with a server that restarts after a long wait', async () => {
    const turns = Array.from({ length: 2000 }, () => inLine);
    const it = createWorld({ starts: [queueWait('7200'), stopping, stopping], turns });
    await it.resume();
    expect(it.entry).toMatchObject({ state: 'done', tries: 1 });
  });
});

describe('a large upload', () => {
  const ticket = { key: firstKey, model: 'm', place: 2, at: 60_000, heldUntil: null };

  it('takes a place in line first, and is sent once it is called', async () => {
    const it = createWorld({ encode: large, tickets: [{ ticket }], turns: [inLine] });
    await it.resume();
    expect(it.asked).toEqual([{ key: firstKey, model: 'm', pictures: 2 }]);
    expect(it.posted).toEqual([firstKey]);
    expect(it.kept.map(({ state }) => state)).toContain('pausing');
    expect(it.entry).toMatchObject({ state: 'done', tries: 1 });
  });

  it.each([
    ['it is its turn', { ticket: { ...ticket, heldUntil: 90_000 } }],
    ['no such question is known', { trouble: readRefusal(404) }],
  ])('is sent at once where %s', async (_, answer) => {
    const it = createWorld({ encode: large, tickets: [answer] });
    await it.resume();
    expect(it.posted).toEqual([firstKey]);
    expect(it.kept.map(({ state }) => state)).not.toContain('pausing');
  });

  it('is not sent into a budget that is used up', async () => {
    const trouble = exceeded('picturesPerDay', 3600);
    const it = createWorld({ encode: large, tickets: [{ trouble }] });
    await it.resume();
    expect(it.posted).toEqual([]);
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { kind: 'budget_spent' } });
  });
});

describe('a budget', () => {
  it.each(['requestsPerMinute', 'runsAtOnce'])('of %s is waited for', async (budget) => {
    const starts = Array.from({ length: 9 }, () => exceeded(budget, 40));
    const it = createWorld({ starts });
    await it.resume();
    expect(new Set(it.posted)).toEqual(new Set([firstKey]));
    expect(it.posted).toHaveLength(10);
    expect(it.clock).toBeGreaterThanOrEqual(9 * 40_000);
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
    expect(it.noted).not.toContain('429 of m');
  });

  it('of a day ends it, with nothing charged', async () => {
    const it = createWorld({ starts: [exceeded('picturesPerDay', 7200)] });
    await it.resume();
    expect(it.posted).toHaveLength(1);
    expect(it.entry).toMatchObject({
      state: 'failed',
      trouble: {
        kind: 'budget_spent',
        mayBeCharged: false,
        budget: { name: 'picturesPerDay', limit: 5, used: 5, fitsAt: 7_200_000 },
      },
    });
  });
});

describe('a cell of an experiment', () => {
  it('gives its place back while that is paused, and takes another afterwards', async () => {
    let lists = 0;
    const held = () => lists > 3 && lists < 8;
    const it = createWorld({
      starts: [queueWait('7200')],
      turns: [inLine, inLine, inLine, inLine, withoutPlace],
      admitAgain: async () => 0,
      isHeldBack: () => {
        lists++;
        return held();
      },
    });
    await it.resume();
    expect(it.dropped).toEqual([firstKey]);
    expect(it.posted).toEqual([firstKey, firstKey]);
    expect(it.entry).toMatchObject({ state: 'done', tries: 1 });
  });

  it.each([
    ['is being refused', [queueWait('7200')], 2],
    ['was refused before this page was loaded', [], 1],
  ])('gives its place back once where that is paused as it %s', async (_, starts, posts) => {
    const it = createWorld({
      starts,
      turns: [withoutPlace],
      admitAgain: async () => 0,
      isHeldBack: () => it.clock < 5000,
    });
    if (starts.length === 0) {
      const nextTry = { key: firstKey, at: 7_200_000, waitMs: 7_200_000 };
      it.entry = { ...it.entry, state: 'pausing', trouble: queueWait('7200'), nextTry };
    }
    await it.resume();
    expect(it.dropped).toEqual([firstKey]);
    expect(it.posted).toHaveLength(posts);
    expect(it.entry).toMatchObject({ state: 'done', tries: 1 });
  });

  it('is not sent where its experiment was paused at the last moment', async () => {
    const waits = [900, 900, 0];
    const turns = [called, called, called];
    const admitAgain = async () => waits.shift() ?? 0;
    const it = createWorld({ starts: [queueWait('60')], turns, admitAgain });
    await it.resume();
    expect(waits).toEqual([]);
    expect(it.posted).toHaveLength(2);
  });

  it('waits for a day’s budget, and is no failure', async () => {
    const trouble = exceeded('picturesPerDay', 7200);
    const it = createWorld({ starts: [trouble], keepUnsent: async () => true });
    await it.resume();
    expect(it.clock).toBeGreaterThanOrEqual(7_200_000);
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, key: firstKey });
    const alone = createWorld({ starts: [trouble], keepUnsent: async () => false });
    await alone.resume();
    expect(alone.entry).toMatchObject({ state: 'failed', trouble: { kind: 'budget_spent' } });
  });
});

function readRefusal(status: number) {
  return readRunFailure({ status, headers: new Headers(), text: '', now: 0 });
}

import { describe, expect, it } from 'vitest';
import { emptyImageForm } from '../core/endpoints/image-form';
import type { Run } from '../core/run';
import { createEntry, type RunEntry, type RunEvent, reduceEntry } from '../core/run-entry';
import { isUnderWay } from '../core/run-life';
import { readTrouble, type Trouble, troubleOfSignedOut } from '../core/trouble';
import type { AnswerEvent } from './answer-events';
import { type CarryWorld, carryRun } from './carry-run';
import { SignedOut } from './runs';
import { createTransfers } from './transfers';

const request = { model: 'm', prompt: 'a bear', n: 2 };
const picture = { kind: 'picture', hash: 'h', byteLength: 3, header: undefined } as const;
const good: AnswerEvent[] = [
  { type: 'picture', index: 0, picture, blob: new Blob() },
  {
    type: 'end',
    durationMs: 4000,
    answer: { created: 1, usage: undefined, items: [{ kind: 'bytes', byteLength: 3 }] },
  },
];
const rateLimit = (retryAfter?: string): Trouble =>
  readTrouble({
    status: 429,
    headers: new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    text: '{"error":{"message":"slow down","code":"rate"}}',
    now: 0,
  });
const stopping = readTrouble({
  status: 503,
  headers: new Headers({ 'retry-after': '5' }),
  text: '{"error":{"message":"being stopped","type":"server_error","code":"server_stopping"}}',
  now: 0,
});
const refused = (trouble: Trouble): AnswerEvent[] => [{ type: 'trouble', trouble, durationMs: 10 }];

const runAt = (id: string, change: Partial<Run> = {}): Run => ({
  id,
  endpoint: 'generations',
  model: 'm',
  state: 'answering',
  status: 200,
  createdAt: 1000,
  firstByteAt: 2000,
  endedAt: null,
  receivedBytes: 10,
  bytes: 0,
  error: null,
  ...change,
});

/** A world in which time passes only by waiting, with a server that does as it is told. */
function createWorld({
  starts = [],
  answers = [],
  watched = (id) => runAt(id),
}: {
  /** What each POST meets: an error, a refusal, or (by default) a run. */
  starts?: (Error | Trouble | undefined)[];
  /** What each answer holds, in their order; good ones by default. */
  answers?: (AnswerEvent[] | Error)[];
  watched?: (id: string) => Run | undefined | SignedOut;
} = {}) {
  const posted: string[] = [];
  const kept: RunEntry[] = [];
  let clock = 0;
  let keys = 0;
  let signIns = 0;
  let entry = createEntry({
    id: 'key-0',
    request,
    form: emptyImageForm,
    now: 0,
    expectedMs: null,
  });
  const stopping = new AbortController();
  const world: CarryWorld<RunEntry, RunEvent> = {
    async startRun({ key }) {
      posted.push(key);
      const outcome = starts.shift();
      if (outcome instanceof Error) throw outcome;
      return outcome
        ? { trouble: outcome }
        : { run: runAt(key, { state: 'waiting', status: null }) };
    },
    transfers: createTransfers(),
    async watch({ id, onReport }) {
      const run = watched(id);
      if (run instanceof SignedOut) throw run;
      if (run) onReport(run, 0);
      return run;
    },
    async followAnswer({ report }) {
      const answer = answers.shift() ?? good;
      if (answer instanceof Error) throw answer;
      for (const event of answer) report(event);
    },
    onConnection: () => {},
    async signIn() {
      signIns++;
    },
    async pause(milliseconds, signal) {
      signal.throwIfAborted();
      clock += milliseconds;
    },
    now: () => clock,
    random: () => 0,
    newKey: () => `key-${++keys}`,
  };
  const carry = () =>
    carryRun({
      current: async () => (isUnderWay(entry) ? entry : undefined),
      apply: (event) => {
        entry = reduceEntry(entry, event);
      },
      keep: async () => void kept.push(entry),
      signal: stopping.signal,
      world,
    });
  return {
    carry,
    posted,
    kept,
    stopping,
    get entry() {
      return entry;
    },
    set entry(value) {
      entry = value;
    },
    get signIns() {
      return signIns;
    },
    get clock() {
      return clock;
    },
  };
}

describe('carryRun', () => {
  it('starts a run, reads its answer, and keeps it started and ended', async () => {
    const it = createWorld();
    await it.carry();
    expect(it.posted).toEqual(['key-0']);
    expect(it.entry).toMatchObject({ state: 'done', durationMs: 4000 });
    expect(it.entry.slots).toEqual([picture, { kind: 'missing' }]);
    expect(it.kept.map(({ state }) => state)).toEqual(['waiting', 'done']);
  });

  it('asks again under the same key when the connection of the start fails', async () => {
    const it = createWorld({ starts: [new TypeError('failed'), new TypeError('failed')] });
    await it.carry();
    expect(it.posted).toEqual(['key-0', 'key-0', 'key-0']);
    expect(it.entry.state).toBe('done');
  });

  it.each([502, 503, 504])(
    'asks again under the same key after a page of a proxy (%i)',
    async (status) => {
      const page = readTrouble({ status, headers: new Headers(), text: '<h1>nginx</h1>', now: 0 });
      const it = createWorld({ starts: [page, page] });
      await it.carry();
      expect(it.posted).toEqual(['key-0', 'key-0', 'key-0']);
      expect(it.entry.state).toBe('done');

      const never = createWorld({ starts: Array.from({ length: 9 }, () => page) });
      await never.carry();
      expect(never.posted).toHaveLength(4);
      expect(never.entry).toMatchObject({ state: 'failed', trouble: { kind: page.kind } });
    },
  );

  it('asks once where the proxy refuses for the size', async () => {
    const page = readTrouble({ status: 413, headers: new Headers(), text: '<h1>', now: 0 });
    const it = createWorld({ starts: [page] });
    await it.carry();
    expect(it.posted).toHaveLength(1);
    expect(it.entry.trouble).toMatchObject({ kind: 'proxy_too_large', mayBeCharged: false });
  });

  it('gives up a start that never gets through, with nothing charged', async () => {
    const it = createWorld({ starts: Array.from({ length: 9 }, () => new TypeError('failed')) });
    await it.carry();
    expect(it.posted).toHaveLength(4);
    expect(it.entry).toMatchObject({
      state: 'failed',
      trouble: { kind: 'network', mayBeCharged: false },
    });
  });

  it('does not start again what was started before a reload', async () => {
    const it = createWorld();
    it.entry = { ...it.entry, state: 'waiting' };
    await it.carry();
    expect(it.posted).toEqual([]);
    expect(it.entry.state).toBe('done');
  });

  it('says so when the server has lost the run, and that it may have been charged', async () => {
    const it = createWorld({ watched: () => undefined });
    await it.carry();
    expect(it.entry).toMatchObject({
      state: 'failed',
      trouble: { kind: 'lost', mayBeCharged: true },
    });
    expect(it.posted).toHaveLength(1);
  });

  it('tries again after a 429 with a new key that was kept before it was used', async () => {
    const it = createWorld({ answers: [refused(rateLimit('7'))] });
    await it.carry();
    expect(it.posted).toEqual(['key-0', 'key-1']);
    expect(it.entry).toMatchObject({ state: 'done', tries: 2, id: 'key-0', trouble: null });
    const paused = it.kept.find(({ state }) => state === 'pausing');
    expect(paused?.nextTry).toEqual({ key: 'key-1', at: 7000 });
    expect(it.clock).toBeGreaterThanOrEqual(7000);
  });

  it('tries a 429 of the start itself again too', async () => {
    const it = createWorld({ starts: [rateLimit()] });
    await it.carry();
    expect(it.posted).toEqual(['key-0', 'key-1']);
  });

  it('sends a start that a stopping server refused again, under its key, when it is back', async () => {
    const away = Array.from({ length: 9 }, () => new TypeError('failed'));
    const it = createWorld({ starts: [stopping, stopping, ...away] });
    await it.carry();
    expect(new Set(it.posted)).toEqual(new Set(['key-0']));
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
    const paused = it.kept.filter(({ state }) => state === 'pausing');
    expect(paused.length).toBeGreaterThan(2);
    for (const { trouble } of paused) expect(trouble?.kind).toBe('server_stopping');
    expect(paused[0]?.nextTry).toEqual({ key: 'key-0', at: 5000 });
    // What the page says of the server is over once that has taken the run up.
    expect(it.kept.find(({ state }) => state === 'waiting')?.trouble).toBeNull();
  });

  it('waits for such a server too where a proxy speaks for it in the meantime', async () => {
    const page = readTrouble({ status: 502, headers: new Headers(), text: '<h1>', now: 0 });
    const it = createWorld({ starts: [stopping, ...Array.from({ length: 9 }, () => page)] });
    await it.carry();
    expect(new Set(it.posted)).toEqual(new Set(['key-0']));
    expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
  });

  it('leaves it to a click when the server stays away, with nothing charged', async () => {
    const it = createWorld({ starts: Array.from({ length: 999 }, () => stopping) });
    await it.carry();
    expect(it.clock).toBe(600_000);
    expect(it.entry).toMatchObject({
      state: 'failed',
      trouble: { kind: 'server_stopping', mayBeCharged: false },
    });
  });

  it('goes on with a countdown after a reload, with the key that was kept', async () => {
    const it = createWorld();
    it.entry = { ...it.entry, state: 'pausing', nextTry: { key: 'kept-key', at: 3000 } };
    await it.carry();
    expect(it.posted).toEqual(['kept-key']);
    expect(it.clock).toBe(3000);
  });

  it('gives up after five tries', async () => {
    const it = createWorld({ answers: Array.from({ length: 9 }, () => refused(rateLimit())) });
    await it.carry();
    expect(it.posted).toHaveLength(5);
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { kind: 'rate_limit' }, tries: 5 });
  });

  it('does not wait for a day', async () => {
    const it = createWorld({ answers: [refused(rateLimit('86400'))] });
    await it.carry();
    expect(it.posted).toHaveLength(1);
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { retryAfterSeconds: 86400 } });
  });

  it.each([500, 502, 503, 504, 408, 409, 400])('never repeats a %i by itself', async (status) => {
    const trouble = readTrouble({
      status,
      headers: new Headers({ 'retry-after': '1' }),
      text: '{"error":{"message":"no"}}',
      now: 0,
    });
    const it = createWorld({ answers: [refused(trouble)] });
    await it.carry();
    expect(it.posted).toHaveLength(1);
    expect(it.entry.state).toBe('failed');
  });

  it('says so when what reads the answer cannot be loaded, and can be asked again', async () => {
    const it = createWorld({ answers: [new Error('no script')] });
    await it.carry();
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { kind: 'network' } });
    expect(it.kept.at(-1)?.state).toBe('failed');
  });

  it('keeps the pictures that came before an answer broke off', async () => {
    const broken = readTrouble({ status: 502, headers: new Headers(), text: '', now: 0 });
    const it = createWorld({ answers: [[good[0] as AnswerEvent, ...refused(broken)]] });
    await it.carry();
    expect(it.entry.state).toBe('failed');
    expect(it.entry.slots[0]).toEqual(picture);
  });

  it('ends a countdown that is stopped, and its trouble stays', async () => {
    const it = createWorld({ answers: [refused(rateLimit('60'))] });
    const carrying = it.carry();
    it.stopping.abort();
    await expect(carrying).rejects.toBe(it.stopping.signal.reason);
    expect(it.posted.length).toBeLessThanOrEqual(1);
  });

  it('marks a run that another tab has cancelled', async () => {
    const it = createWorld({ watched: (id) => runAt(id, { state: 'cancelled', status: null }) });
    await it.carry();
    expect(it.entry.state).toBe('cancelled');
  });
});

describe('a session that ends', () => {
  it.each([
    ['before the start', { starts: [troubleOfSignedOut()] }, ['key-0', 'key-0']],
    ['before the answer', { answers: [refused(troubleOfSignedOut())] }, ['key-0']],
    [
      'while the run is watched',
      {
        watched: (
          (seen) => (id: string) =>
            seen.shift() ?? runAt(id)
        )([new SignedOut()]),
      },
      ['key-0'],
    ],
  ])(
    '%s holds the run up until somebody signs in, and costs it nothing',
    async (_, world, posted) => {
      const it = createWorld(world);
      await it.carry();
      expect(it.signIns).toBe(1);
      expect(it.posted).toEqual(posted);
      expect(it.entry).toMatchObject({ state: 'done', tries: 1, trouble: null });
    },
  );
});

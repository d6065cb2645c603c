import { describe, expect, it, vi } from 'vitest';
import { readRunFailure } from '../../core/runs/run-failure';
import type { EncodedRequest } from '../api/api';
import {
  type AnswerEvent,
  createWorld,
  firstKey,
  good,
  picture,
  refused,
  runAt,
} from './run-engine.setup';

/** What a proxy's own page says of a request. */
const page = (status: number) =>
  readRunFailure({ status, headers: new Headers(), text: '<h1>nginx</h1>', now: 0 });

describe('a try', () => {
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
      const unknown = [undefined, undefined];
      const it = createWorld({
        starts: [page(status), page(status)],
        watched: (id) => (unknown.length > 0 ? unknown.pop() : runAt(id)),
      });
      await it.resume();
      expect(it.posted).toEqual([firstKey, firstKey, firstKey]);
      expect(it.entry.state).toBe('done');

      const starts = Array.from({ length: 9 }, () => page(status));
      const never = createWorld({ starts, watched: () => undefined });
      await never.resume();
      expect(never.posted).toHaveLength(4);
      expect(never.entry).toMatchObject({ state: 'failed', trouble: { kind: page(status).kind } });
    },
  );

  it('asks once where the proxy refuses for the size', async () => {
    const it = createWorld({ starts: [page(413)], watched: () => undefined });
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

  const named = (name: string, message = '') => Object.assign(new Error(message), { name });
  const unreadable = Object.assign(new Blob(['x']), {
    slice: () => ({ arrayBuffer: () => Promise.reject(named('NotReadableError')) }),
  });
  it.each<[string, () => Promise<EncodedRequest>]>([
    ['a file cannot be read', () => Promise.reject(named('NotReadableError'))],
    ['a file cannot be held', () => Promise.reject(named('QuotaExceededError'))],
    [
      'there is no memory',
      () => Promise.reject(named('RangeError', 'Array buffer allocation failed')),
    ],
    ['the body is empty in truth', async () => ({ endpoint: 'edits', body: unreadable })],
  ])('says that the browser is full where %s, and sends nothing', async (_, encode) => {
    const full = createWorld({ encode, watched: () => undefined });
    await full.resume();
    expect(full.posted).toEqual([]);
    expect(full.entry).toMatchObject({
      state: 'failed',
      trouble: { kind: 'browser_full', mayBeCharged: false },
    });
  });

  it('sends once the browser has room again, and whole Blobs at once', async () => {
    const body = new Blob(['x']);
    const found = [unreadable, body];
    const encode = async (): Promise<EncodedRequest> => ({
      endpoint: 'edits',
      body: found.shift() ?? body,
    });
    const it = createWorld({
      encode,
      watched: (id) => (it.posted.length > 0 ? runAt(id) : undefined),
    });
    await it.resume();
    expect(it.posted).toEqual([firstKey]);
    expect(it.entry.state).toBe('done');
  });

  it('takes a worker that could not be loaded for the network', async () => {
    const encode = () => Promise.reject(new Error('The worker could not be loaded.'));
    const it = createWorld({ encode, watched: () => undefined });
    await it.resume();
    expect(it.entry.trouble?.kind).toBe('network');
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

  it('says so when what reads the answer cannot be loaded, and can be asked again', async () => {
    const it = createWorld({ answers: Array.from({ length: 4 }, () => new Error('no script')) });
    await it.resume();
    expect(it.entry).toMatchObject({ state: 'failed', trouble: { kind: 'unread' } });
    expect(it.kept.at(-1)?.state).toBe('failed');
    it.reopen(firstKey);
    await vi.waitFor(() => expect(it.entry.state).toBe('done'));
    expect(it.posted).toEqual([firstKey]);
  });

  it('ends where what is read cannot be shown, and sends nothing again', async () => {
    const it = createWorld({ answers: [[{ type: 'picture', index: 0, picture: null as never }]] });
    it.failAt('picture');
    await it.resume();
    expect(it.entry).toMatchObject({
      state: 'failed',
      trouble: { kind: 'unread', message: 'no picture', mayBeCharged: true },
    });
    expect(it.kept.at(-1)?.state).toBe('failed');
    it.reopen(firstKey);
    await vi.waitFor(() => expect(it.entry.state).toBe('failed'));
    expect(it.posted).toEqual([firstKey]);
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

  it('marks a run that another tab has cancelled', async () => {
    const it = createWorld({ watched: (id) => runAt(id, { state: 'cancelled', status: null }) });
    await it.resume();
    expect(it.entry.state).toBe('cancelled');
  });
});

describe('a start of which the answer gets lost', () => {
  const lost = new TypeError('Failed to fetch');

  it('is found at the server, and not sent a second time', async () => {
    const it = createWorld({ starts: [lost] });
    await it.resume();
    expect(it.posted).toEqual([firstKey]);
    expect(it.entry.state).toBe('done');
  });

  it.each([413, 429, 502, 503, 504])('behind a proxy’s own %i page too', async (status) => {
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

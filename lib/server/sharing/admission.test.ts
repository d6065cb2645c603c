import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorResponse } from '../answer/response';
import { createAdmission } from './admission';
import type { StartAsk } from './lines';
import type { ComeLater } from './sharing-errors';

const hour = 3_600_000;
let dataDir: string;
let now: number;
let underWay: Map<string, number>;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sharing-'));
  now = 1_700_000_000_000;
  underWay = new Map();
});
// The book may still be writing a line.
const remove = (folder: string) =>
  rm(folder, { recursive: true, force: true, maxRetries: 9, retryDelay: 20 });
afterEach(() => remove(dataDir));

const bookings = () => join(dataDir, 'sharing', 'bookings.jsonl');
const open = (options: Partial<Parameters<typeof createAdmission>[0]> = {}) =>
  createAdmission({
    models: [{ id: 'm', rate: { requests: 2, seconds: 3600 } }],
    limits: {},
    dataDir,
    now: () => now,
    elapsed: () => now,
    underWay: { countOf: (person) => underWay.get(person) ?? 0 },
    ...options,
  });
const ask = (person: string, key: string | null = `${person}-key`, pictures = 1): StartAsk => ({
  person,
  visitor: person,
  key,
  model: 'm',
  pictures,
});
const work = { book() {} };
const refusalOf = (promise: Promise<unknown>): Promise<ComeLater> =>
  promise.then(
    () => expect.unreachable('it was let through'),
    (error) => error,
  );

describe('whose turn it is', () => {
  it('is said with place and time, and the same key comes again', async () => {
    const admission = open();
    for (const key of ['1', '2']) (await admission.admit(ask('a', key), { work })).sent();
    const refusal = await refusalOf(admission.admit(ask('b'), { work }));
    expect(refusal).toMatchObject({ code: 'queue_wait', status: 429, safeToRepeat: true });
    expect(refusal.retryAfterSeconds).toBe(3601);
    const ticket = { key: 'b-key', model: 'm', place: 1, at: now + hour + 1000, heldUntil: null };
    expect(refusal.details).toEqual({ queue: ticket });
    expect(admission.view('b', 'b').queue?.tickets).toEqual([ticket]);
    expect(admission.view('a', 'a').queue?.tickets).toEqual([]);
    for (let at = 0; at <= hour; at += 170_000) {
      now += 170_000;
      admission.keepAlive('b');
    }
    const told = admission.view('b', 'b').queue?.tickets[0];
    expect(told?.heldUntil).toBeGreaterThan(now);
    await admission.admit(ask('b'), { work });
    expect(admission.view('b', 'b').queue).toMatchObject({
      models: [{ model: 'm', used: 1, waiting: 0, nextAt: now }],
      tickets: [],
    });
  });

  it('is kept for as long as an upload moves, however long the wait before it was', async () => {
    for (const key of ['b-key', null]) {
      const admission = open({ dataDir: join(dataDir, String(key)) });
      for (const other of ['1', '2']) (await admission.admit(ask('a', other), { work })).sent();
      const waiting = ask('b', key);
      await refusalOf(admission.admit(waiting, { work }));
      for (let at = 0; at <= hour; at += 170_000) {
        now += 170_000;
        admission.keepAlive('b');
        admission.gauges();
      }
      admission.knock(waiting);
      // Somebody waits for the slot.
      await admission.admit(ask('a', '3'), { work });
      await refusalOf(admission.admit(ask('a', '4'), { work }));
      for (let moved = 0; moved < 10; moved++) {
        now += 60_000;
        admission.uploadMoves(waiting);
        admission.keepAlive('a');
        expect(admission.view('a', 'a').queue?.tickets).toMatchObject([{ heldUntil: null }]);
      }
      await admission.admit(waiting, { work });
      now += 2 * hour;
    }
  });

  it('is told to a list that waits, once', async () => {
    const admission = open();
    const held = await admission.admit(ask('a', '1'), { work });
    await admission.admit(ask('a', '2'), { work });
    admission.takeTicket({ ...ask('b'), key: 'k' });
    const { signal } = new AbortController();
    const called = admission.whenCalled('b', signal);
    held.giveBack(false);
    await called;
    expect(admission.view('b', 'b').queue?.tickets[0]?.heldUntil).toBe(now + 90_000);
    const ended = new AbortController();
    const again = admission.whenCalled('b', ended.signal).then(() => ended.signal.aborted);
    ended.abort();
    expect(await again).toBe(true);
  });

  it('comes in time where the clock is set back meanwhile', async () => {
    let elapsed = 0;
    const admission = open({ elapsed: () => elapsed });
    const used = () => admission.view('b', 'b').queue?.models[0]?.used;
    const pass = (ms: number) => {
      now += ms;
      elapsed += ms;
    };
    (await admission.admit(ask('a', '1'), { work })).sent();
    pass(1000);
    now -= 8 * hour;
    (await admission.admit(ask('a', '2'), { work })).sent();
    const refusal = await refusalOf(admission.admit(ask('b'), { work }));
    expect(refusal.retryAfterSeconds).toBe(3600);
    pass(hour);
    expect(used()).toBe(1);
    pass(999);
    expect(used()).toBe(1);
    pass(1);
    expect(used()).toBe(0);
  });

  it('leaves a person twenty tickets, and a cancelled one is given back', async () => {
    const admission = open();
    for (const key of ['1', '2']) await admission.admit(ask('z', key), { work });
    for (let count = 0; count < 20; count++)
      admission.takeTicket({ ...ask('b'), key: `k${count}` });
    const refusal = await refusalOf(admission.admit(ask('b', 'k20'), { work }));
    expect(refusal.message).toMatch(/20 requests in line/);
    expect(refusal.retryAfterSeconds).toBe(60);
    admission.dropTicket({ visitor: 'b', key: 'k3' });
    expect(admission.takeTicket({ ...ask('b'), key: 'k20' }).place).toBe(20);
  });

  it('is kept for an SDK until the time that it was told, and a minute', async () => {
    const admission = open();
    for (const key of ['1', '2']) await admission.admit(ask('z', key), { work });
    const { retryAfterSeconds = 0 } = await refusalOf(admission.admit(ask('sdk', null), { work }));
    await refusalOf(admission.admit(ask('sdk', null), { work }));
    expect(admission.gauges()).toMatchObject([{ waiting: 1, used: 2, limit: 2 }]);
    now += retryAfterSeconds * 1000 + 50_000;
    await admission.admit(ask('sdk', null), { work });
  });

  it('is nobody’s while the gateway says 429', async () => {
    const admission = open();
    const start = await admission.admit(ask('a'), { work });
    start.refuse(120);
    start.giveBack(true);
    const refusal = await refusalOf(admission.admit(ask('b'), { work }));
    expect(refusal.retryAfterSeconds).toBe(120);
    expect(admission.view('b', 'b').queue?.models[0]).toMatchObject({
      used: 1,
      blockedUntil: now + 120_000,
    });
    await expect.poll(() => readFileSync(bookings(), 'utf8')).toContain('heldUntil');
    // A restart does not ask a gateway again that has just refused.
    await refusalOf(open().admit(ask('c'), { work }));
    expect(open().view('b', 'b').queue?.models[0]?.blockedUntil).toBe(now + 120_000);
    now += 120_000;
    await admission.admit(ask('b'), { work });
    expect(open().view('b', 'b').queue?.models[0]?.blockedUntil).toBeNull();
  });
});

describe('a budget', () => {
  const limits = { picturesPerDay: 5, requestsPerMinute: 2, runsAtOnce: 3 };
  const models = [{ id: 'm', rate: null }];

  it('of pictures counts what is asked for, until it is a day old', async () => {
    const admission = open({ models, limits: { picturesPerDay: 5 } });
    await admission.admit(ask('a', '1', 4), { work });
    const refusal = await refusalOf(admission.admit(ask('a', '2', 2), { work }));
    expect(refusal).toMatchObject({
      code: 'budget_exceeded',
      param: 'picturesPerDay',
      retryAfterSeconds: 24 * 3600,
    });
    expect(refusal.details).toEqual({
      exceeded: { budget: 'picturesPerDay', limit: 5, at: now + 24 * hour },
      budgets: { picturesPerDay: { limit: 5, used: 4, freeAt: null } },
    });
    await admission.admit(ask('b', '3', 5), { work });
    now += 24 * hour;
    await admission.admit(ask('a', '2', 5), { work });
    const never = await refusalOf(admission.admit(ask('a', '4', 6), { work }));
    expect(never.message).toMatch(/can never fit: ask for fewer pictures/);
    expect(never).toMatchObject({ param: 'picturesPerDay', retryAfterSeconds: undefined });
    const { headers } = errorResponse(never);
    expect([headers.get('retry-after'), headers.get('x-should-retry')]).toEqual([null, 'false']);
  });

  it('of requests and of runs at once is said before an upload, and by the ticket', async () => {
    const admission = open({ models, limits });
    for (const key of ['1', '2']) await admission.admit(ask('a', key), { work });
    expect(() => admission.knock(ask('a', '3'))).toThrow(/2 requests a minute/);
    expect(() => admission.takeTicket({ ...ask('a'), key: '3' })).toThrow(/a minute/);
    now += 60_000;
    underWay.set('a', 3);
    expect(() => admission.knock(ask('a', '3'))).toThrow(/3 requests at once/);
    expect(admission.view('a', 'a').budgets?.runsAtOnce).toMatchObject({ limit: 3, used: 3 });
  });

  it('comes back where nothing was carried out; the slot only where nothing arrived', async () => {
    const admission = open({ limits: { picturesPerDay: 5 } });
    (await admission.admit(ask('a', '1', 3), { work })).giveBack(false);
    (await admission.admit(ask('a', '2', 3), { work })).giveBack(true);
    expect(admission.view('a', 'a')).toMatchObject({
      budgets: { picturesPerDay: { used: 0 } },
      queue: { models: [{ used: 1 }] },
    });
    expect(open({ limits: { picturesPerDay: 5 } }).view('a', 'a')).toMatchObject({
      queue: { models: [{ used: 1 }] },
    });
  });
});

describe('the book', () => {
  it('outlives a crash, a line that was cut short, and a clock that was set back', async () => {
    (await open().admit(ask('a', '1'), { work })).sent();
    await open().admit(ask('b', '2'), { work });
    appendFileSync(bookings(), '\n{"id":"x","at":17000');
    now -= hour;
    expect(open().view('c', 'c').queue?.models[0]).toMatchObject({ used: 2 });
    expect(readFileSync(bookings(), 'utf8')).not.toContain('"x"');
    now += hour + 11_000;
    expect(open().view('c', 'c').queue?.models[0]).toMatchObject({ used: 0 });
  });

  it('cannot be written: nothing is sent', async () => {
    const admission = open();
    await remove(join(dataDir, 'sharing'));
    writeFileSync(join(dataDir, 'sharing'), '');
    const refusal = await refusalOf(admission.admit(ask('a'), { work }));
    expect(refusal).toMatchObject({ code: 'spool_full', safeToRepeat: true });
    expect(admission.view('a', 'a').queue?.models[0]).toMatchObject({ used: 0 });
  });

  it('is not kept where nothing is counted', async () => {
    const admission = open({ models: [{ id: 'm', rate: null }] });
    await admission.admit(ask('a'), { work });
    expect(admission.view('a', 'a')).toEqual({});
    expect(() => readFileSync(bookings())).toThrow();
  });

  it('has a booking that is good for ten seconds', async () => {
    const start = await open().admit(ask('a'), { work });
    now += 9999;
    expect(start.isGood()).toBe(true);
    now += 1;
    expect(start.isGood()).toBe(false);
  });

  it('books nothing for a run that was cancelled meanwhile', async () => {
    const admission = open();
    await admission.admit(ask('a'), { work, isMine: () => false });
    expect(admission.view('a', 'a').queue?.models[0]).toMatchObject({ used: 0 });
  });
});

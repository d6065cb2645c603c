import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseStep } from '../../../e2e/fault-upstream';
import type { RunList } from '../../core/runs/run';
import { inFlight } from '../in-flight';
import { hashVisitor } from '../visitor';
import { claimNew, errorIn, Playground } from './playground.setup';

const kept = globalThis as unknown as Record<symbol, unknown>;
const id = '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab';
const waiting = (wait = 25) => ({ headers: { prefer: `wait=${wait}` } });
let playground: Playground;

beforeEach(async () => {
  playground = await Playground.open();
});
afterEach(() => playground.close());

async function read(answer: Response | Promise<Response>) {
  const { headers, status } = await answer;
  const { runs, next } = (await (await answer).json()) as RunList;
  const cursor = headers.get('runs-cursor') ?? '';
  return { status, headers, runs, ids: runs.map((run) => run.id), next, cursor };
}

describe('what changed since a cursor', () => {
  it('is only that, and with the new cursor nothing any more', async () => {
    await playground.picture('fault:silent');
    const whole = await read(playground.listed());
    expect(whole).toMatchObject({ next: null, runs: [{ state: 'waiting' }] });
    expect(whole.headers.has('runs-since')).toBe(false);
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'done');
    const changed = await read(playground.listed(`?since=${whole.cursor}`));
    expect(changed.ids).toEqual([id]);
    expect(changed.headers.get('runs-since')).toBe(whole.cursor);
    expect(changed.headers.has('preference-applied')).toBe(false);
    const nothing = await read(playground.listed(`?since=${changed.cursor}`));
    expect(nothing).toMatchObject({ ids: [], cursor: changed.cursor });
  });

  it('is everything after a restart, or for a cursor from the future', async () => {
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'done');
    const { cursor } = await read(playground.listed());
    const later = cursor.replace(/\d+$/, (number) => String(Number(number) + 1));
    const early = await read(playground.listed(`?since=${later}`, waiting()));
    expect(early.ids).toEqual([id]);
    await playground.restart();
    const whole = await read(playground.listed(`?since=${cursor}`, waiting()));
    expect(whole.ids).toEqual([id]);
    expect(whole.headers.has('runs-since')).toBe(false);
  });

  it('is everything after a run was removed, which is not there then', async () => {
    const other = randomUUID();
    for (const run of [other, id]) {
      await playground.picture('fault:ok', run);
      await playground.reach(run, 'done');
    }
    const { cursor } = await read(playground.listed());
    const asked = read(playground.listed(`?since=${cursor}`, waiting()));
    await playground.remove(id);
    const whole = await asked;
    expect(whole.ids).toEqual([other]);
    expect(whole.headers.has('runs-since')).toBe(false);
    const nothing = await read(playground.listed(`?since=${whole.cursor}`));
    expect(nothing).toMatchObject({ ids: [], cursor: whole.cursor });
    // What is remembered of removals does not grow; a cursor from before stays too old.
    await playground.store.sweep();
    expect((await read(playground.listed(`?since=${cursor}`))).ids).toEqual([other]);
    expect((await read(playground.listed(`?since=${whole.cursor}`))).ids).toEqual([]);
  });

  it('is everything after a start that failed a check, whose run is gone', async () => {
    const { cursor } = await read(playground.listed());
    const run = await claimNew(
      playground.store,
      { visitor: hashVisitor(playground.visitor), id },
      { endpoint: 'edits', owner: 'o' },
    );
    const begun = await read(playground.listed(`?since=${cursor}`));
    expect(begun.runs).toMatchObject([{ id, state: 'uploading' }]);
    const asked = read(playground.listed(`?since=${begun.cursor}`, waiting()));
    await playground.store.release(run, null);
    expect((await asked).ids).toEqual([]);
    expect((await asked).headers.has('runs-since')).toBe(false);
  });

  it.each([
    ['since', 'x'],
    ['since', ''],
    ['since', '0123456789ab-1x'],
    ['piece', 'x'],
    ['piece', `0123456789ab-1.5.${id}x`],
    ['piece', `x.5.${id}`],
  ])('cannot be asked for with %s=%s', async (param, value) => {
    const answer = await playground.listed(`?${param}=${value}`);
    expect(await errorIn(answer)).toMatchObject({ status: 400, code: 'invalid_value', param });
  });
});

describe('Prefer: wait', () => {
  it('answers at the first change of a state, and says that it waited', async () => {
    const { cursor } = await read(playground.listed());
    const asked = read(playground.listed(`?since=${cursor}`, waiting()));
    await playground.picture('fault:silent', id);
    const answer = await asked;
    expect(answer.ids).toEqual([id]);
    expect(answer.headers.get('preference-applied')).toBe('wait=25');
    const next = read(playground.listed(`?since=${answer.cursor}`, waiting()));
    await playground.remove(id);
    const states = [...(await next).runs, ...(await read(playground.listed())).runs];
    expect(states.at(-1)?.state).toBe('cancelled');
  });

  it.each([
    ['wait=1', 'wait=1'],
    ['respond-async, WAIT = "1"', 'wait=1'],
    ['wait=0', null],
    ['wait=soon', null],
    ['foo="wait=9"', null],
    ['wait=0, wait=9', null],
  ])('%s holds an unchanged list back as long as that: %s', async (prefer, applied) => {
    const { cursor } = await read(playground.listed());
    const started = performance.now();
    const answer = await read(playground.listed(`?since=${cursor}`, { headers: { prefer } }));
    expect(answer).toMatchObject({ status: 200, ids: [], cursor });
    expect(answer.headers.get('preference-applied')).toBe(applied);
    if (applied === null) expect(performance.now() - started).toBeLessThan(900);
    else expect(performance.now() - started).toBeGreaterThan(900);
  });

  it('is cut to 25 seconds, and has no use for a whole list', async () => {
    const { cursor } = await read(playground.listed('', waiting()));
    const asked = playground.listed(`?since=${cursor}`, waiting(1000));
    await playground.picture('fault:silent', id);
    expect((await asked).headers.get('preference-applied')).toBe('wait=25');
  });

  it('is not woken by another visitor’s runs', async () => {
    const { cursor } = await read(playground.listed());
    const asked = read(playground.listed(`?since=${cursor}`, waiting(1)));
    const other = new Request('http://playground.test/api/v1/x', {
      method: 'POST',
      headers: {
        ...Object.fromEntries(playground.request({ body: {} }).headers),
        cookie: `visitor=${randomUUID()}`,
      },
      body: JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'fault:ok' }),
    });
    expect((await playground.start('generations', other)).status).toBe(202);
    expect((await asked).ids).toEqual([]);
  });

  it('hears of bytes about once a second, however many chunks they come in', async () => {
    const run = await claimNew(
      playground.store,
      { visitor: hashVisitor(playground.visitor), id },
      { endpoint: 'edits', owner: 'o' },
    );
    let { cursor } = await read(playground.listed());
    const started = performance.now();
    const sending = setInterval(() => run.receive(10), 5);
    let answers = 0;
    while (performance.now() - started < 1500) {
      const answer = await read(playground.listed(`?since=${cursor}`, waiting()));
      expect(answer.runs).toMatchObject([{ id, state: 'uploading' }]);
      cursor = answer.cursor;
      answers++;
    }
    clearInterval(sending);
    expect(answers).toBeGreaterThanOrEqual(2);
    expect(answers).toBeLessThanOrEqual(3);
    // What comes last is told too, though nothing follows it.
    run.receive(1);
    const { receivedBytes } = run.view();
    const last = await read(playground.listed(`?since=${cursor}`, waiting()));
    expect(last.runs).toMatchObject([{ receivedBytes }]);
    await run.cancel();
  });

  it('tells the first byte of an answer and its end at once', async () => {
    await playground.chat('fault:chat-one-by-one', id);
    let { cursor } = await read(playground.listed());
    const states: string[] = [];
    const started = performance.now();
    const steps = setInterval(releaseStep, 5);
    while (states.at(-1) !== 'done') {
      const answer = await read(playground.listed(`?since=${cursor}`, waiting()));
      states.push(...answer.runs.map((run) => run.state));
      ({ cursor } = answer);
    }
    clearInterval(steps);
    expect(performance.now() - started).toBeLessThan(900);
    expect(states[0]).toBe('answering');
  });

  it('leaves nothing behind when a thousand clients hang up', async () => {
    const { cursor } = await read(playground.listed());
    const clients = Array.from({ length: 1000 }, () => new AbortController());
    const asked = clients.map(({ signal }) =>
      playground.listed(`?since=${cursor}`, { ...waiting(), signal }),
    );
    for (const client of clients) client.abort();
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200);
    await expect
      .poll(() => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length)
      .toBeLessThan(50);
  });

  it('ends at once when the server stops, and is a second from then on', async () => {
    kept[Symbol.for('turing-playground.in-flight')] = undefined;
    try {
      const { cursor } = await read(playground.listed());
      const asked = read(playground.listed(`?since=${cursor}`, waiting()));
      await playground.store.list('somebody');
      inFlight().refuse();
      expect((await asked).ids).toEqual([]);
      const started = performance.now();
      await playground.listed(`?since=${cursor}`, waiting());
      expect(performance.now() - started).toBeGreaterThan(900);
      expect(performance.now() - started).toBeLessThan(10_000);
    } finally {
      kept[Symbol.for('turing-playground.in-flight')] = undefined;
    }
  });
});

describe('more than 500 runs', () => {
  it('come in pieces, none missed and none twice, with the cursor of the first', async () => {
    const visitor = hashVisitor(playground.visitor);
    const claim = (run = randomUUID() as string) =>
      playground.store.claim({ visitor, id: run }, { endpoint: 'chat', owner: 'o' });
    await playground.restart({ maxBytes: 1e12, freeBytes: async () => 1e12 });
    const { cursor: before } = await read(playground.listed());
    for (let count = 0; count < 1001; count++) await claim();
    const first = await read(playground.listed());
    expect(first.runs).toHaveLength(500);
    // One that begins in between is told by the cursor.
    await claim(id);
    const ids = [...first.ids];
    const cursors = new Set([first.cursor]);
    for (let { next } = first; next; ) {
      expect(next.startsWith('/api/runs?')).toBe(true);
      const piece = await read(playground.listed(next.slice('/api/runs'.length), waiting()));
      ids.push(...piece.ids);
      cursors.add(piece.cursor);
      ({ next } = piece);
    }
    expect(new Set(ids).size).toBe(1001);
    expect(ids).toHaveLength(1001);
    expect([...cursors]).toEqual([first.cursor]);
    expect((await read(playground.listed(`?since=${first.cursor}`))).ids).toEqual([id]);
    const changed = await read(playground.listed(`?since=${before}`, waiting()));
    expect(changed.next).toContain(`since=${before}`);
    const more = await read(playground.listed(changed.next?.slice('/api/runs'.length)));
    expect(more.headers.get('runs-since')).toBe(before);
    for (const { run } of await Promise.all(ids.concat(id).map((one) => claim(one)))) {
      await run.cancel();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { createAskAhead } from './ask-ahead';

/** Locks as a browser has them: one holder at a time, first come, first served. */
function createLocks() {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, { signal }: LockOptions, hold: () => Promise<unknown>) => {
    const turn = last.then(() => {
      signal?.throwIfAborted();
      return hold();
    });
    last = turn.catch(() => {});
    return turn;
  };
  return { request } as unknown as Pick<LockManager, 'request'>;
}

/** A server that answers a held request when it is told to. */
function createWorld(locks: Pick<LockManager, 'request'> | undefined = createLocks()) {
  const held: { id: string; signal: AbortSignal; answer: (response: Response) => void }[] = [];
  const ahead = createAskAhead(
    ({ id, signal }) =>
      new Promise((resolve, reject) => {
        held.push({ id, signal, answer: resolve });
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    locks,
    // Nothing is waited for but what the test does.
    () => new Promise((resolve) => setTimeout(resolve)),
  );
  const ask = (id: string) => {
    const aborter = new AbortController();
    let isOver = false;
    void ahead.ask(id, aborter.signal).then(() => {
      isOver = true;
    });
    return { abort: () => aborter.abort(), isOver: () => isOver };
  };
  const take = (id: string, offset = 0) => {
    const reading = new AbortController();
    const taken = ahead.take({ id, offset, signal: reading.signal });
    return { taken, cut: () => reading.abort() };
  };
  const heldFor = (id: string) => expect.poll(() => held.filter((one) => one.id === id));
  return { held, ask, take, heldFor };
}

const answer = () => new Response('{}', { headers: { 'run-id': 'a' } });

describe('an answer that is asked for ahead', () => {
  it('is given to its reader once, who can break it off', async () => {
    const { held, ask, take, heldFor } = createWorld();
    const { isOver } = ask('a');
    await heldFor('a').toHaveLength(1);
    expect(await take('b').taken).toBeUndefined();
    expect(await take('a', 7).taken).toBeUndefined();
    expect(isOver()).toBe(false);
    const { taken, cut } = take('a');
    const sent = answer();
    held[0]?.answer(sent);
    expect(await taken).toBe(sent);
    expect(isOver()).toBe(true);
    expect(await take('a').taken).toBeUndefined();
    expect(held[0]?.signal.aborted).toBe(false);
    cut();
    expect(held[0]?.signal.aborted).toBe(true);
  });

  it('is asked for again as long as it has not begun', async () => {
    const { held, ask, take, heldFor } = createWorld();
    ask('a');
    await heldFor('a').toHaveLength(1);
    held[0]?.answer(new Response('{}', { status: 202, headers: { 'run-id': 'a' } }));
    await heldFor('a').toHaveLength(2);
    const sent = answer();
    held[1]?.answer(sent);
    expect(await take('a').taken).toBe(sent);
  });

  it('is asked for by its reader where something else came, or nothing', async () => {
    const { held, ask, take, heldFor } = createWorld();
    const others = [
      new Response('', { status: 500, headers: { 'run-id': 'a' } }),
      new Response('<h1>A proxy</h1>'),
    ];
    for (const [index, other] of others.entries()) {
      const id = `other ${index}`;
      ask(id);
      await heldFor(id).toHaveLength(1);
      held[index]?.answer(other);
      expect(await take(id).taken).toBeUndefined();
    }
    ask('dead');
    await heldFor('dead').toHaveLength(1);
    expect(await take('dead').taken).toBeUndefined();
    expect(held[2]?.signal.aborted).toBe(true);
  });

  it('is one at a time, and none where nobody could keep to that', async () => {
    const { held, ask, take, heldFor } = createWorld();
    const first = ask('a');
    const second = ask('b');
    ask('c');
    await heldFor('a').toHaveLength(1);
    expect(held).toHaveLength(1);
    // Its turn has not come.
    expect(await take('b').taken).toBeUndefined();
    expect(second.isOver()).toBe(true);
    first.abort();
    expect(held[0]?.signal.aborted).toBe(true);
    await heldFor('c').toHaveLength(1);
    expect(held).toHaveLength(2);
    expect(first.isOver()).toBe(true);

    const unlocked = createWorld(null as never);
    unlocked.ask('a');
    expect(await unlocked.take('a').taken).toBeUndefined();
    expect(unlocked.held).toHaveLength(0);
  });
});

import { describe, expect, it } from 'vitest';
import { createConnectionLimit } from './connection-limit';

const never = new AbortController().signal;

describe('createTransfers', () => {
  it('lets four through, and the next as soon as one leaves, in their order', async () => {
    const transfers = createConnectionLimit();
    const entered: number[] = [];
    const leave: (() => void)[] = [];
    const enter = async (number: number) => {
      leave[number] = await transfers.enter(never);
      entered.push(number);
    };
    const all = [0, 1, 2, 3, 4, 5].map(enter);
    await Promise.all(all.slice(0, 4));
    expect(entered).toEqual([0, 1, 2, 3]);
    leave[2]?.();
    leave[2]?.();
    await all[4];
    expect(entered).toEqual([0, 1, 2, 3, 4]);
    leave[0]?.();
    await all[5];
    expect(entered).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('forgets one that gave up waiting', async () => {
    const transfers = createConnectionLimit(1);
    const leave = await transfers.enter(never);
    const stopping = new AbortController();
    const waiting = transfers.enter(stopping.signal);
    const next = transfers.enter(never);
    stopping.abort();
    await expect(waiting).rejects.toBe(stopping.signal.reason);
    leave();
    await next;
  });
});

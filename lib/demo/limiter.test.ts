import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter';

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('createLimiter', () => {
  const { signal } = new AbortController();

  it('never runs more than it has slots for, and runs all in their order', async () => {
    const limit = createLimiter(2);
    const started: number[] = [];
    let [running, most] = [0, 0];
    const gates = Array.from({ length: 6 }, gate);
    const all = gates.map(({ opened }, index) =>
      limit(async () => {
        started.push(index);
        most = Math.max(most, ++running);
        await opened;
        running--;
      }, signal),
    );
    for (const { open } of gates) open();
    await Promise.all(all);
    expect(most).toBe(2);
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('lets the next one in when one fails', async () => {
    const limit = createLimiter(1);
    const failing = limit(() => Promise.reject(new Error('no')), signal);
    const next = limit(async () => 'yes', signal);
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  it('forgets one that waits and leaves', async () => {
    const limit = createLimiter(1);
    const { open, opened } = gate();
    const first = limit(() => opened, signal);
    const leaving = new AbortController();
    let ran = false;
    const waiting = limit(async () => {
      ran = true;
    }, leaving.signal);
    const last = limit(async () => 'last', signal);
    leaving.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    open();
    await first;
    expect(await last).toBe('last');
    expect(ran).toBe(false);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createPaintQueue, type Painted, type PaintWish } from './paint-queue';

/** A queue whose pictures arrive when the test says so. */
function queueOf(most: number) {
  const started: string[] = [];
  const arrive = new Map<string, (painted: Painted) => void>();
  const aborted: string[] = [];
  const queue = createPaintQueue((wish, signal) => {
    started.push(wish.hash);
    signal.addEventListener('abort', () => aborted.push(wish.hash));
    return new Promise((resolve) => arrive.set(wish.hash, resolve));
  }, most);
  const shown: string[] = [];
  const want = (hash: string, distance = 0, change: Partial<PaintWish> = {}) =>
    queue.want({
      hash,
      height: 1,
      distance: () => distance,
      onPainted: () => shown.push(hash),
      ...change,
    });
  const bitmap = { close: vi.fn() } as unknown as ImageBitmap;
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const paint = async (hash: string) => {
    arrive.get(hash)?.({ bitmap });
    await settle();
  };
  return { queue, want, started, shown, aborted, bitmap, paint, settle };
}

describe('the queue of pictures for tiles', () => {
  it('starts the nearest first, and a few at a time', async () => {
    const { want, started, shown, paint, settle } = queueOf(2);
    want('far', 9);
    want('near', 1);
    want('middle', 5);
    await settle();
    expect(started).toEqual(['near', 'middle']);
    await paint('middle');
    expect(started).toEqual(['near', 'middle', 'far']);
    expect(shown).toEqual(['middle']);
  });

  it('does not start what is let go before its turn', async () => {
    const { want, started, paint, settle } = queueOf(1);
    want('first');
    const drop = want('second', 1);
    await settle();
    drop();
    await paint('first');
    expect(started).toEqual(['first']);
  });

  it('frees a picture that arrives when nobody wants it any more', async () => {
    const { want, shown, aborted, bitmap, paint, settle } = queueOf(1);
    const drop = want('gone');
    await settle();
    drop();
    await paint('gone');
    expect([shown, aborted]).toEqual([[], ['gone']]);
    expect(bitmap.close).toHaveBeenCalled();
  });

  it('starts nothing while it is held, and goes on after it', async () => {
    const { queue, want, started, settle } = queueOf(2);
    queue.hold(true);
    want('later');
    await settle();
    expect(started).toEqual([]);
    queue.hold(false);
    expect(started).toEqual(['later']);
  });

  it('tells when every picture that is wanted is there', async () => {
    const { queue, want, paint, settle } = queueOf(1);
    await queue.settled();
    for (const hash of ['one', 'two']) want(hash);
    const drop = want('dropped');
    let isSettled = false;
    void queue.settled().then(() => {
      isSettled = true;
    });
    await settle();
    await paint('one');
    drop();
    expect(isSettled).toBe(false);
    await paint('two');
    expect(isSettled).toBe(true);
  });

  it('takes a failure for a picture that cannot be decoded', async () => {
    const queue = createPaintQueue(() => Promise.reject(new Error('crash')), 1);
    const onPainted = vi.fn();
    queue.want({ hash: '', height: 1, distance: () => 0, onPainted });
    await vi.waitFor(() => expect(onPainted).toHaveBeenCalledWith({ trouble: 'undecodable' }));
  });
});

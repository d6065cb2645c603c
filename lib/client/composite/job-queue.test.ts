import { describe, expect, it } from 'vitest';
import { createJobQueue } from './job-queue';

/** A line whose jobs end when told. */
function start() {
  const begun: string[] = [];
  const ends = new Map<string, (result?: string) => void>();
  const line = createJobQueue<string, string>(
    (job) =>
      new Promise((resolve, reject) => {
        begun.push(job);
        ends.set(job, (result) =>
          result === undefined ? reject(new Error(job)) : resolve(result),
        );
      }),
  );
  const add = (job: string, { subject = job, isUrgent = false } = {}) =>
    line({ job, subject, isUrgent });
  return { begun, add, end: (job: string, result?: string) => ends.get(job)?.(result) };
}

describe('a line of jobs', () => {
  it('does them one after another', async () => {
    const { begun, add, end } = start();
    const [first, second] = [add('one'), add('two')];
    expect(begun).toEqual(['one']);
    end('one', 'done');
    expect(await first).toBe('done');
    await expect.poll(() => begun).toEqual(['one', 'two']);
    end('two', 'done too');
    expect(await second).toBe('done too');
  });

  it('does only the last of those with one subject, and lets go of the others', async () => {
    const { begun, add, end } = start();
    const all = ['1', '2', '3', '4'].map((job) => add(job, { subject: 'feather' }));
    expect(await all[1]).toBeUndefined();
    expect(await all[2]).toBeUndefined();
    end('1', 'first');
    expect(await all[0]).toBe('first');
    await expect.poll(() => begun).toEqual(['1', '4']);
    end('4', 'last');
    expect(await all[3]).toBe('last');
  });

  it('takes the urgent ones first', async () => {
    const { begun, add, end } = start();
    for (const job of ['a', 'b']) void add(job);
    void add('now', { isUrgent: true });
    end('a', '');
    await expect.poll(() => begun).toEqual(['a', 'now']);
  });

  it('goes on after one that failed', async () => {
    const { begun, add, end } = start();
    const failed = add('bad');
    void add('good');
    end('bad');
    expect(await failed).toBeUndefined();
    await expect.poll(() => begun).toEqual(['bad', 'good']);
  });
});

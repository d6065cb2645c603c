import { beforeEach, describe, expect, it } from 'vitest';
import { createStorageStatus } from './storage-status';

let due: (() => void)[] = [];
let status: ReturnType<typeof createStorageStatus>;
let hasRoom = false;
let kept: string[] = [];

beforeEach(() => {
  due = [];
  kept = [];
  hasRoom = false;
  status = createStorageStatus((action) => due.push(action));
});

const waiting = (name: string, text = name) => ({
  name,
  async keep() {
    if (!hasRoom) throw new DOMException('', 'QuotaExceededError');
    kept.push(text);
  },
});
const problem = () => status.store.getState().problem;

describe('a full storage', () => {
  it('is not full any more once all that waited is kept', async () => {
    status.reportStorageProblem('full', waiting('a'));
    status.reportStorageProblem('full', waiting('b'));
    await status.keepUnkept();
    expect(problem()).toBe('full');
    hasRoom = true;
    await status.keepUnkept();
    expect(kept).toEqual(['a', 'b']);
    expect(problem()).toBeNull();
    await status.keepUnkept();
    expect(kept).toEqual(['a', 'b']);
  });

  it('is tried again after a while, again and again', async () => {
    status.reportStorageProblem('full', waiting('a'));
    status.reportStorageProblem('full', waiting('b'));
    expect(due).toHaveLength(1);
    due.pop()?.();
    await expect.poll(() => due.length).toBe(1);
    hasRoom = true;
    due.pop()?.();
    await expect.poll(problem).toBeNull();
    expect(kept).toEqual(['a', 'b']);
    expect(due).toEqual([]);
  });

  it('has room for what is small behind what is large', async () => {
    status.reportStorageProblem('full', waiting('large'));
    status.reportStorageProblem('full', { name: 'small', keep: async () => kept.push('small') });
    await status.keepUnkept();
    expect(kept).toEqual(['small']);
    expect(problem()).toBe('full');
    hasRoom = true;
    await status.keepUnkept();
    expect(kept).toEqual(['small', 'large']);
    expect(problem()).toBeNull();
  });

  it('keeps the newest state of what was reported twice', async () => {
    status.reportStorageProblem('full', waiting('run', 'older'));
    status.reportStorageProblem('full', waiting('run', 'newer'));
    hasRoom = true;
    await status.keepUnkept();
    expect(kept).toEqual(['newer']);
  });

  it('keeps what is reported while it is being emptied', async () => {
    hasRoom = true;
    status.reportStorageProblem('full', {
      name: 'a',
      async keep() {
        kept.push('a');
        status.reportStorageProblem('full', waiting('late'));
      },
    });
    await status.keepUnkept();
    expect(kept).toEqual(['a', 'late']);
    expect(problem()).toBeNull();
  });
});

it('stays a problem where only the reading failed', async () => {
  status.reportStorageProblem('unavailable');
  await status.keepUnkept();
  expect(problem()).toBe('unavailable');
  expect(due).toEqual([]);
});

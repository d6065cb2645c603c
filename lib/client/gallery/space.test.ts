import { describe, expect, it, vi } from 'vitest';
import { browserRoom, keepForGood, loadSpace } from './space';

vi.mock('./store-worker', () => ({ storeWorker: { call: async (method: string) => method } }));

const storage = {
  estimate: async () => ({ quota: 100, usage: 30 }),
  persisted: async () => false,
  persist: async () => true,
};

describe('the room of the browser', () => {
  it('is what it tells', async () => {
    expect(await browserRoom(storage)).toEqual({ left: 70, isForGood: false });
    expect(await keepForGood(storage)).toBe(true);
  });

  it.each([
    ['tells nothing', undefined],
    ['has no such functions', {}],
    [
      'refuses',
      {
        estimate: async () => Promise.reject(new TypeError('forbidden')),
        persisted: async () => Promise.reject(new TypeError('forbidden')),
        persist: async () => Promise.reject(new TypeError('forbidden')),
      },
    ],
  ])('is unknown where it %s', async (_, its) => {
    expect(await browserRoom(its)).toEqual({ left: undefined, isForGood: undefined });
    expect(await keepForGood(its)).toBe(false);
  });
});

it('space is what is used, and what the browser tells', async () => {
  vi.stubGlobal('navigator', { storage });
  expect(await loadSpace()).toEqual({ used: 'space', left: 70, isForGood: false });
  vi.unstubAllGlobals();
});

import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { draftStorage } from './draft-storage';
import { storedValues } from './stored-values';

const save = vi.spyOn(storedValues, 'saveDraft').mockImplementation(async () => {});

/** A quick storage of the browser, or one that it forbids. */
function createQuickStorage(isForbidden = false) {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, text: string) {
      if (isForbidden) throw new DOMException('no', 'SecurityError');
      kept.set(key, text);
    },
  };
}

const open = (isForbidden = false) => {
  vi.useFakeTimers();
  vi.stubGlobal('sessionStorage', createQuickStorage(isForbidden));
  vi.stubGlobal('localStorage', createQuickStorage(isForbidden));
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  save.mockClear();
});

describe('a draft', () => {
  it('is at hand after each key, and in the database once nothing more is typed', async () => {
    open();
    for (const text of ['a', 'ab', 'abc']) {
      await draftStorage.setItem('one', text);
      expect(await draftStorage.getItem('one')).toBe(text);
    }
    await draftStorage.setItem('two', 'other');
    expect(save).not.toHaveBeenCalled();
    await vi.runAllTimersAsync();
    expect(save.mock.calls).toEqual([
      ['one', 'abc'],
      ['two', 'other'],
    ]);
  });

  it('goes to the database at once where there is nothing quicker', async () => {
    open(true);
    await draftStorage.setItem('one', 'a');
    expect(save.mock.calls).toEqual([['one', 'a']]);
  });
});

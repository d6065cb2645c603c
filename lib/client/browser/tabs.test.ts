import { expect, it } from 'vitest';
import { createTabName } from './tabs';

/** A page of a tab: what its session keeps, and its being left. */
function openPage(kept: Map<string, string>, { wasDiscarded = false } = {}) {
  const listeners = new Map<string, () => void>();
  const browser = {
    document: { wasDiscarded },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
    addEventListener: (type: string, listener: () => void) => void listeners.set(type, listener),
  };
  return { name: createTabName(browser), fire: (type: string) => listeners.get(type)?.() };
}

it('is the same after a reload', () => {
  const kept = new Map<string, string>();
  const before = openPage(kept);
  const name = before.name();
  before.fire('pagehide');
  expect(openPage(kept).name()).toBe(name);
});

it('is the same after the browser has discarded the tab, without a word to its page', () => {
  const kept = new Map<string, string>();
  const name = openPage(kept).name();
  const again = openPage(kept, { wasDiscarded: true });
  expect(again.name()).toBe(name);
  again.fire('pagehide');
  expect(openPage(kept).name()).toBe(name);
});

it('is another in a new tab, and in a duplicate, which the first does not notice', () => {
  const kept = new Map<string, string>();
  const first = openPage(kept);
  const name = first.name();
  const copied = new Map(kept);
  const duplicate = openPage(copied);
  expect(duplicate.name()).not.toBe(name);
  expect(openPage(new Map()).name()).not.toBe(name);
  duplicate.fire('pagehide');
  first.fire('pagehide');
  expect(openPage(kept).name()).toBe(name);
  expect(openPage(copied).name()).toBe(duplicate.name());
});

it('is another in a duplicate of a page that came back from the cache', () => {
  const kept = new Map<string, string>();
  const first = openPage(kept);
  const name = first.name();
  first.fire('pagehide');
  first.fire('pageshow');
  expect(openPage(new Map(kept)).name()).not.toBe(name);
});

it('stays the same while a page is open, even where nothing can be kept', () => {
  const browser = {
    get sessionStorage(): Storage {
      throw new DOMException('', 'SecurityError');
    },
    addEventListener: () => {},
  };
  const name = createTabName(browser);
  expect(name()).toBe(name());
});

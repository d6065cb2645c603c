import { describe, expect, it, vi } from 'vitest';
import { isUuid } from '../../core/runs/run';
import { createVisitorName, pageHeaders, takePageHeaders } from './page-headers';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

// As where cookies are blocked.
const forgetful = {
  get cookie() {
    return '';
  },
  set cookie(_: string) {},
};

describe('createVisitorName', () => {
  it('is not needed where there are cookies, and unknown in a worker', () => {
    const localStorage = storage();
    for (const document of [{ cookie: '' }, undefined]) {
      expect(createVisitorName({ document, localStorage })()).toBeUndefined();
    }
  });

  it('is made once and outlives the page', () => {
    const browser = { document: forgetful, localStorage: storage() };
    const name = createVisitorName(browser);
    expect(isUuid(name() ?? '')).toBe(true);
    expect(name()).toBe(name());
    expect(createVisitorName(browser)()).toBe(name());
  });

  it('holds until the page is left where storage is forbidden too', () => {
    const browser = {
      document: forgetful,
      get localStorage(): never {
        throw new DOMException('', 'SecurityError');
      },
    };
    const name = createVisitorName(browser);
    expect(isUuid(name() ?? '')).toBe(true);
    expect(name()).toBe(name());
  });
});

it('says whose the page is, and a worker the same', () => {
  const document = {
    cookie: 'cookies=kept',
    documentElement: { dataset: { person: 'tag-of-ann' } },
  };
  vi.stubGlobal('document', document);
  expect(pageHeaders()).toMatchObject({ person: 'tag-of-ann' });
  vi.unstubAllGlobals();
  takePageHeaders({ person: 'tag-of-bob' });
  expect(pageHeaders()).toEqual({ person: 'tag-of-bob' });
});

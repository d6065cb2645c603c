import { beforeEach, describe, expect, it, vi } from 'vitest';

/** The store as a page finds it when it is loaded. */
async function load() {
  vi.resetModules();
  const store = await import('./composite-choices');
  const of = (hash: string) => store.findChoice(store.compositeChoicesStore.getState(), hash);
  return { ...store, of };
}

let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  });
});

describe('what is chosen of composites', () => {
  it('begins with the result as it came', async () => {
    const { of } = await load();
    expect(of('a')).toEqual({ isOn: false, feather: 8 });
  });

  it('applies to the result, and to those that come after it, but not to others that were there', async () => {
    const { of, settleChoice, changeChoice } = await load();
    settleChoice('before');
    changeChoice('a', { isOn: true });
    changeChoice('a', { feather: 20 });
    expect(of('a')).toEqual({ isOn: true, feather: 20 });
    expect(of('next')).toEqual({ isOn: true, feather: 20 });
    expect(of('before')).toEqual({ isOn: false, feather: 8 });
  });

  it('outlives a reload', async () => {
    const { changeChoice } = await load();
    changeChoice('a', { isOn: true, feather: 3 });
    changeChoice('b', { isOn: false });
    const { of } = await load();
    expect(of('a')).toEqual({ isOn: true, feather: 3 });
    expect(of('new')).toEqual({ isOn: false, feather: 3 });
  });

  it('forgets the oldest of very many', async () => {
    const { of, changeChoice } = await load();
    changeChoice('first', { isOn: true });
    for (let index = 0; index < 200; index++) changeChoice(`later ${index}`, { isOn: false });
    expect(of('first').isOn).toBe(false);
    expect(of('later 0').isOn).toBe(false);
    expect(kept.get('composite-choices')).not.toContain('first');
  });

  it.each([
    '{',
    '[]',
    '{"last":{"isOn":1,"feather":-2},"own":{"a":null}}',
    '{"last":{"feather":1e9}}',
  ])('takes nothing from %s that is none', async (text) => {
    kept.set('composite-choices', text);
    const { of } = await load();
    expect(of('a')).toEqual({ isOn: false, feather: expect.any(Number) });
    expect(of('a').feather).toBeLessThanOrEqual(200);
    expect(of('a').feather).toBeGreaterThanOrEqual(0);
  });

  it('holds where the browser keeps nothing', async () => {
    vi.stubGlobal('localStorage', undefined);
    const { of, changeChoice } = await load();
    changeChoice('a', { isOn: true });
    expect(of('a').isOn).toBe(true);
  });
});

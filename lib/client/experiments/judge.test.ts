import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasSeenResults, keepJudge, loadJudge, noteSeenResults } from './judge';

afterEach(() => vi.unstubAllGlobals());

function stubStorage(kept: Record<string, string> = {}) {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
  });
}

describe('the judge of a browser', () => {
  it('stays the same, with the name that was typed last', () => {
    stubStorage();
    const judge = loadJudge();
    expect(judge).toMatchObject({ name: '', id: expect.stringMatching(/^[\da-f-]{36}$/) });
    keepJudge({ ...judge, name: 'Ada' });
    expect(loadJudge()).toEqual({ ...judge, name: 'Ada' });
  });

  it.each(['{', 'null', '[]', '{"id":1,"name":[]}'])('is a new one after %s', (kept) => {
    stubStorage({ judge: kept });
    expect(loadJudge()).toMatchObject({ name: '', id: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  it('stays the same where nothing can be stored', () => {
    vi.stubGlobal('localStorage', undefined);
    const judge = loadJudge();
    keepJudge({ ...judge, name: 'Bo' });
    expect(loadJudge()).toEqual({ ...judge, name: 'Bo' });
  });
});

it('results are seen of one axis of one experiment', () => {
  stubStorage();
  noteSeenResults('tea', 'model');
  expect(hasSeenResults('tea', 'model')).toBe(true);
  expect(hasSeenResults('tea', 'shape')).toBe(false);
  expect(hasSeenResults('coffee', 'model')).toBe(false);
});

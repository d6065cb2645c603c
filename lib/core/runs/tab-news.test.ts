import { describe, expect, it } from 'vitest';
import { tabTitle } from './tab-news';

describe('tabTitle', () => {
  const title = 'Generate · Turing Playground';

  it('tells how many runs are under way, and afterwards how they ended', () => {
    const busy = tabTitle(title, { underWay: 2, ended: 'failed' });
    expect(busy).toBe(`(2) ${title}`);
    const fewer = tabTitle(busy, { underWay: 1, ended: null });
    expect(fewer).toBe(`(1) ${title}`);
    expect(tabTitle(fewer, { underWay: 0, ended: 'done' })).toBe(`✓ ${title}`);
    expect(tabTitle(`✓ ${title}`, { underWay: 0, ended: 'failed' })).toBe(`✗ ${title}`);
  });

  it('is the page’s own where there is nothing to tell', () => {
    for (const before of [title, `(12) ${title}`, `✗ ${title}`]) {
      expect(tabTitle(before, { underWay: 0, ended: null })).toBe(title);
    }
  });
});

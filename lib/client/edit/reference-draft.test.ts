import { describe, expect, it } from 'vitest';
import type { Reference } from '../../core/references/reference';
import { createReferencesStorage } from './reference-draft';

const reference = (id: string): Reference => ({
  id,
  hash: `hash-${id}`,
  name: `${id}.png`,
  byteLength: 1,
  header: { format: 'png', width: 1, height: 1, hasAlpha: false, orientation: 1 },
  maskId: `mask-${id}`,
  parent: null,
});

/** A tab's view of what the browser keeps of a draft. */
function openTab(
  tab: string,
  kept: { text: string | null },
  copy = async (_copies: readonly { from: string; to: string }[]): Promise<void> => {},
) {
  return createReferencesStorage({
    texts: {
      getItem: () => kept.text,
      setItem: (_name, text) => {
        kept.text = text;
      },
    },
    tab: () => tab,
    copy,
  });
}

const keep = (tab: string, references: Reference[]) => {
  const kept: { text: string | null } = { text: null };
  void openTab(tab, kept).setItem('refs', { state: { references, forkedFrom: null } });
  return kept;
};

describe('the references of a tab', () => {
  it('are there again after a reload, with their masks', async () => {
    const kept = keep('one', [reference('a'), reference('b')]);
    expect(await openTab('one', kept).getItem('refs')).toEqual({
      state: { references: [reference('a'), reference('b')], forkedFrom: null },
    });
  });

  it('begin another tab, with masks of its own that begin as copies', async () => {
    const kept = keep('one', [reference('a')]);
    const copied: { from: string; to: string }[] = [];
    const copy = async (copies: readonly { from: string; to: string }[]) => {
      copied.push(...copies);
    };
    const begun = await openTab('two', kept, copy).getItem('refs');
    const [forked] = begun?.state.references ?? [];
    expect(begun?.state.forkedFrom).toBe('one');
    expect(forked).toMatchObject({ hash: 'hash-a' });
    expect(forked?.maskId).not.toBe('mask-a');
    expect(copied).toEqual([{ from: 'mask-a', to: forked?.maskId }]);
    // It is the tab's own from then on.
    expect(await openTab('two', kept).getItem('refs')).toEqual({
      state: { references: [forked], forkedFrom: null },
    });
  });

  it('begin another tab without their masks where those cannot be copied', async () => {
    const kept = keep('one', [reference('a')]);
    const fail = () => Promise.reject(new Error('no storage'));
    const begun = await openTab('two', kept, fail).getItem('refs');
    expect(begun?.state.references).toMatchObject([{ hash: 'hash-a' }]);
    expect(begun?.state.references[0]?.maskId).not.toBe('mask-a');
  });

  it.each([null, '', 'x', '{}', '[]', '{"references":[]}'])(
    'are none if %j was kept',
    async (text) => {
      expect(await openTab('one', { text }).getItem('refs')).toBeNull();
    },
  );
});

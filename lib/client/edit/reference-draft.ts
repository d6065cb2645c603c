import type { PersistStorage } from 'zustand/middleware';
import { randomId } from '../../core/random-id';
import { type Reference, readReferences } from '../../core/references/reference';
import { hearDraftTabs, tellDraftTabs, thisTab } from '../browser/tabs';
import { holdDraftPictures } from '../storage/draft-pictures';
import { draftStorage, type PersistedStore } from '../storage/draft-storage';
import type { DraftNeeds } from '../storage/picture-uses';

/** The part of the Edit page's references that is saved. */
export interface ReferencesDraft {
  references: readonly Reference[];
  /** The tab whose draft this one was copied from, or null. */
  forkedFrom: string | null;
}

interface KeptDraft {
  tab: string;
  references: unknown;
}

/**
 * Saves the references of each tab separately. A new or duplicated tab starts with a copy of another
 * tab's draft. Its masks are copied too, because two tabs that paint one mask would overwrite each other.
 */
export function createReferencesStorage({
  texts = draftStorage,
  tab = thisTab,
  copy = async (copies) => (await import('../storage/masks')).copyMasks(copies),
}: {
  texts?: Pick<typeof draftStorage, 'getItem' | 'setItem'>;
  tab?: () => string;
  copy?: (copies: readonly { from: string; to: string }[]) => Promise<void>;
} = {}): PersistStorage<ReferencesDraft> {
  const write = (name: string, references: readonly Reference[]) =>
    texts.setItem(name, JSON.stringify({ tab: tab(), references } satisfies KeptDraft));
  return {
    async getItem(name) {
      const kept = parse(await texts.getItem(name));
      if (!kept) return null;
      const references = readReferences(kept.references);
      if (kept.tab === tab() || references.length === 0) {
        return { state: { references, forkedFrom: null } };
      }
      const forked = await fork(references, copy);
      await write(name, forked);
      return { state: { references: forked, forkedFrom: kept.tab } };
    },
    setItem: (name, { state }) => write(name, state.references),
    removeItem: () => {},
  };
}

async function fork(
  references: readonly Reference[],
  copy: (copies: readonly { from: string; to: string }[]) => Promise<void>,
): Promise<Reference[]> {
  const forks = references.map((reference) => ({ from: reference.maskId, to: randomId() }));
  // A browser that cannot copy the masks has not stored them either.
  await copy(forks).catch(() => {});
  return references.map((reference, index) => ({
    ...reference,
    maskId: forks[index]?.to ?? randomId(),
  }));
}

function parse(text: string | null): KeptDraft | undefined {
  try {
    const kept = JSON.parse(text ?? 'null');
    return typeof kept?.tab === 'string' ? kept : undefined;
  } catch {
    return undefined;
  }
}

interface Draft {
  references: readonly Reference[];
  removed: readonly { reference: Reference }[];
  putAside: readonly Reference[] | null;
  forkedFrom: string | null;
  isShared: boolean;
  lost: readonly string[];
}

/** Keeps the pictures and masks of a draft stored, and finds tabs that share the draft. */
export function watchDraft(store: PersistedStore<Draft>): void {
  holdDraftPictures('edit', store, needsOf);
  const tab = thisTab();
  store.persist.onFinishHydration((state) => {
    void findLost(state.references).then((lost) => lost.length > 0 && store.setState({ lost }));
    if (state.forkedFrom) tellDraftTabs({ type: 'forked', from: state.forkedFrom, to: tab });
  });
  hearDraftTabs(({ type, from, to }) => {
    if (type === 'forked' && from === tab) {
      store.setState({ isShared: true });
      tellDraftTabs({ type: 'open', from, to });
    }
    if (type === 'open' && to === tab) store.setState({ isShared: true });
  });
}

// Removed references can be restored, so their pictures are needed as well.
function needsOf({ references, removed, putAside }: Draft): DraftNeeds {
  const all = [...references, ...removed.map(({ reference }) => reference), ...(putAside ?? [])];
  return {
    pictures: all.map(({ hash }) => hash),
    masks: all.map(({ maskId }) => maskId),
  };
}

async function findLost(references: readonly Reference[]): Promise<string[]> {
  if (references.length === 0) return [];
  const { findLostPictures } = await import('../pictures/picture-files');
  return findLostPictures(references.map(({ hash }) => hash));
}

import type { StoreApi } from 'zustand/vanilla';
import type { Reference } from '../../core/references/reference';
import { thisTab } from '../browser/this-tab';
import { loadPicture } from '../pictures/picture-files';
import { type DraftNeeds, pictureUses } from '../storage/picture-uses';
import { hearDraftTabs, tellDraftTabs } from './draft-tabs';

/** For how long the pictures of a draft are kept that nobody opens any more. */
const draftMs = 30 * 24 * 60 * 60 * 1000;

interface Draft {
  references: readonly Reference[];
  removed: readonly { reference: Reference }[];
  putAside: readonly Reference[] | null;
  forkedFrom: string | null;
  isShared: boolean;
  lost: readonly string[];
}

type DraftStore = StoreApi<Draft> & {
  persist: {
    hasHydrated: () => boolean;
    onFinishHydration: (listener: (state: Draft) => void) => unknown;
  };
};

/** Sees to it that a draft's pictures are kept, and learns of other tabs that have the same draft. */
export function watchDraft(store: DraftStore): void {
  const tab = thisTab();
  const owner = `draft:edit:${tab}`;
  store.persist.onFinishHydration((state) => {
    const now = Date.now();
    void pictureUses.settle(owner, needsOf(state), { now, before: now - draftMs }).catch(() => {});
    void findLost(state.references).then((lost) => lost.length > 0 && store.setState({ lost }));
    if (state.forkedFrom) tellDraftTabs({ type: 'forked', from: state.forkedFrom, to: tab });
  });
  store.subscribe((state, before) => {
    // What the draft held before is settled above, and must still be known there.
    if (!store.persist.hasHydrated()) return;
    const isSame =
      state.references === before.references &&
      state.removed === before.removed &&
      state.putAside === before.putAside;
    if (!isSame) void pictureUses.hold(owner, needsOf(state), Date.now()).catch(() => {});
  });
  hearDraftTabs(({ type, from, to }) => {
    if (type === 'forked' && from === tab) {
      store.setState({ isShared: true });
      tellDraftTabs({ type: 'open', from, to });
    }
    if (type === 'open' && to === tab) store.setState({ isShared: true });
  });
}

/** What was taken off can come back, so it is needed as well. */
function needsOf({ references, removed, putAside }: Draft): DraftNeeds {
  const all = [...references, ...removed.map(({ reference }) => reference), ...(putAside ?? [])];
  return {
    pictures: all.map(({ hash }) => hash),
    masks: all.map(({ maskId }) => maskId),
  };
}

async function findLost(references: readonly Reference[]): Promise<string[]> {
  const found = await Promise.all(
    references.map(async ({ hash }) => ((await loadPicture(hash)) ? [] : [hash])),
  );
  return found.flat();
}

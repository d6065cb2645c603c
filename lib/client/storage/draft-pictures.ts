import { thisTab } from '../browser/tabs';
import type { PersistedStore } from './draft-storage';
import { type DraftNeeds, pictureUses } from './picture-uses';

/** How long the pictures of a draft are kept that nobody opens any more. */
const draftMs = 30 * 24 * 60 * 60 * 1000;

/** Keeps the pictures and masks that a draft of this tab needs, for as long as it needs them. */
export function holdDraftPictures<State>(
  page: 'edit' | 'chat',
  store: PersistedStore<State>,
  needsOf: (state: State) => DraftNeeds,
): void {
  const owner = () => `draft:${page}:${thisTab()}`;
  store.persist.onFinishHydration((state) => {
    const now = Date.now();
    const times = { now, before: now - draftMs };
    void pictureUses.settle(owner(), needsOf(state), times).catch(() => {});
  });
  store.subscribe((state, before) => {
    // Until then, what the draft needed before the reload must stay noted for `settle`.
    if (!store.persist.hasHydrated()) return;
    const needs = needsOf(state);
    if (JSON.stringify(needs) === JSON.stringify(needsOf(before))) return;
    void pictureUses.hold(owner(), needs, Date.now()).catch(() => {});
  });
}

import { thisTab } from '../browser/tabs';
import type { PersistedStore } from './draft-storage';
import type { DraftNeeds } from './picture-uses';

/** How long the pictures of a draft are kept that nobody opens any more. */
const draftMs = 30 * 24 * 60 * 60 * 1000;
/** So long nothing is done after a draft is read, so that the page comes first. */
const firstWaitMs = 2000;

const pictureUses = async () => (await import('./picture-uses')).pictureUses;

/** Keeps the pictures and masks that a draft of this tab needs, for as long as it needs them. */
export function holdDraftPictures<State>(
  page: 'edit' | 'chat',
  store: PersistedStore<State>,
  needsOf: (state: State) => DraftNeeds,
): void {
  const owner = () => `draft:${page}:${thisTab()}`;
  const needs = () => needsOf(store.getState());
  let settled: Promise<unknown> | undefined;
  // Before anything is held anew: until then, what the draft needed before the reload must stay noted.
  const settle = () => {
    const now = Date.now();
    const times = { now, before: now - draftMs };
    settled ??= pictureUses().then((uses) => uses.settle(owner(), needs(), times));
    return settled.catch(() => {});
  };
  const hold = async () => {
    await settle();
    await (await pictureUses()).hold(owner(), needs(), Date.now());
  };
  store.persist.onFinishHydration(() => {
    setTimeout(settle, firstWaitMs);
  });
  store.subscribe((state, before) => {
    if (!store.persist.hasHydrated()) return;
    if (JSON.stringify(needsOf(state)) === JSON.stringify(needsOf(before))) return;
    void hold().catch(() => {});
  });
}

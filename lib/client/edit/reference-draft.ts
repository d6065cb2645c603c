import type { PersistStorage } from 'zustand/middleware';
import type { Reference } from '../../core/references/reference';
import { readReferences } from '../../core/references/reference';
import { randomId } from '../browser/random-id';
import { thisTab } from '../browser/this-tab';
import { draftStorage } from '../storage/draft-storage';
import { copyMasks } from '../storage/masks';

/** What is kept of the Edit page's references. */
export interface ReferencesDraft {
  references: readonly Reference[];
  /** The tab whose draft this one began as a copy of; null where it did not. */
  forkedFrom: string | null;
}

interface KeptDraft {
  tab: string;
  references: unknown;
}

/**
 * Keeps the references for each tab by itself. A tab that begins with another's draft, because it is
 * new or a duplicate, has masks of its own from the start: two tabs that painted one mask would paint
 * over each other.
 */
export function createReferencesStorage({
  texts = draftStorage,
  tab = thisTab,
  copy = copyMasks,
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
  // A browser that cannot copy them has not kept them either.
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

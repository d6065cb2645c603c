import { persist } from 'zustand/middleware';
import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { randomId } from '../../core/random-id';
import { type Attachment, type Reference, withMoved } from '../../core/references/reference';
import { wantPrompt } from '../forms/prompt-focus';
import type { KeptPicture } from '../pictures/dragged-picture';
import { createReferencesStorage, type ReferencesDraft, watchDraft } from './reference-draft';

/** A reference that was removed or replaced, and can be restored. */
interface RemovedReference {
  reference: Reference;
  index: number;
  /** The id of its replacement, or null. */
  replacedBy: string | null;
  /** The replacement has a copy of its mask. */
  isMaskTaken: boolean;
  /** It was replaced by a result's own button, not in the list. */
  isByResult: boolean;
}

interface EditReferencesState extends ReferencesDraft {
  /** The newest last. They can be restored until the page is left. */
  removed: readonly RemovedReference[];
  /** The reference that another page has put first, until the Edit page has said so. */
  sentFirst: string | null;
  /** The list before `replaceReferences`. */
  putAside: readonly Reference[] | null;
  /** Another open tab has a copy of this draft. */
  isShared: boolean;
  /** The hashes of pictures that are not stored any more. */
  lost: readonly string[];
  /** The hashes of pictures that could not be stored: they are lost when the page is left. */
  unkept: readonly string[];
}

const empty: EditReferencesState = {
  references: [],
  forkedFrom: null,
  removed: [],
  sentFirst: null,
  putAside: null,
  isShared: false,
  lost: [],
  unkept: [],
};

/** The reference pictures of the Edit page; the list survives a reload. */
export const editReferencesStore = createStore<EditReferencesState>()(
  persist((): EditReferencesState => empty, {
    name: 'edit-references',
    storage: createReferencesStorage(),
    partialize: ({ references, forkedFrom }): ReferencesDraft => ({ references, forkedFrom }),
    // Another page may have added a picture before the draft was loaded.
    merge: (kept, fresh) => {
      const { references = [], forkedFrom = null } = (kept ?? {}) as Partial<ReferencesDraft>;
      const isFirst = ({ id }: Reference) => id === fresh.sentFirst;
      const [first, others] = [
        fresh.references.filter(isFirst),
        fresh.references.filter((one) => !isFirst(one)),
      ];
      return {
        ...fresh,
        forkedFrom,
        // The same list, so that nothing is rendered once more for it.
        references: references.length > 0 ? [...first, ...references, ...others] : fresh.references,
        sentFirst: references.length > 0 ? fresh.sentFirst : null,
      };
    },
  }),
);

// On the server there is no draft.
if (typeof window !== 'undefined') watchDraft(editReferencesStore);

const { setState } = editReferencesStore;

/** Makes a reference of a stored picture, with a new mask. */
export function toReference(picture: Attachment | KeptPicture): Reference {
  return { id: randomId(), parent: null, ...picture, maskId: randomId() };
}

/** Adds a reference at a position, or at the end. */
export function addReference(reference: Reference, at = Number.POSITIVE_INFINITY): void {
  // Until the draft is loaded, only `merge` knows whether there are others.
  const mayHaveOthers = !editReferencesStore.persist.hasHydrated();
  const isEmpty = editReferencesStore.getState().references.length === 0;
  if (at === 0 && (mayHaveOthers || !isEmpty)) setState({ sentFirst: reference.id });
  setState(({ references }) => ({ references: references.toSpliced(at, 0, reference) }));
}

/** Adds a stored picture as a reference. What to do with it is written next. */
export function addFromPicture(picture: KeptPicture, { at }: { at?: number } = {}): void {
  addReference(toReference(picture), at);
  wantPrompt('edits');
}

/** Clears `sentFirst`. */
export function forgetSentFirst(): void {
  setState({ sentFirst: null });
}

/** Removes a reference; `undoRemoval` restores it. */
export function removeReference(id: string): void {
  setState(({ references, removed }) => {
    const index = references.findIndex((one) => one.id === id);
    const reference = references[index];
    if (!reference) return {};
    return {
      references: references.toSpliced(index, 1),
      removed: [
        ...removed,
        { reference, index, replacedBy: null, isMaskTaken: false, isByResult: false },
      ],
    };
  });
}

/**
 * Replaces a reference; `undoRemoval` restores it.
 * @param takesMask whether the new reference starts with a mask that the user knows already
 * @param isByResult whether a result's own button has done it, not the list
 */
export function replaceReference(
  id: string,
  next: Reference,
  { takesMask = false, isByResult = false }: { takesMask?: boolean; isByResult?: boolean } = {},
): void {
  setState(({ references, removed }) => {
    const index = references.findIndex((one) => one.id === id);
    const reference = references[index];
    // It was removed while the new file was being read.
    if (!reference) return { references: [...references, next] };
    return {
      references: references.toSpliced(index, 1, next),
      removed: [
        ...removed,
        { reference, index, replacedBy: next.id, isMaskTaken: takesMask, isByResult },
      ],
    };
  });
}

/** Restores the reference that was removed last, at its position and with its mask. */
export function undoRemoval(): void {
  setState(({ references, removed }) => {
    const last = removed.at(-1);
    if (!last) return {};
    const others = references.filter(({ id }) => id !== last.replacedBy);
    return {
      references: others.toSpliced(last.index, 0, last.reference),
      removed: removed.slice(0, -1),
    };
  });
}

/** Replaces the whole list; `putBackReferences` restores it. */
export function replaceReferences(next: readonly Reference[]): void {
  setState(({ references }) => ({ references: next, putAside: references }));
}

/** Restores the list from before `replaceReferences`. */
export function putBackReferences(): void {
  setState(({ references, putAside }) => ({ references: putAside ?? references, putAside: null }));
}

/** Moves a reference to another position. */
export function moveReference(id: string, to: number): void {
  setState(({ references }) => ({ references: withMoved(references, { id, to }) }));
}

type State = ReturnType<typeof editReferencesStore.getState>;

/** Reads one field of the Edit page's references. */
export function useEditReferences<T>(select: (state: State) => T): T {
  return useStore(editReferencesStore, select);
}

import { persist } from 'zustand/middleware';
import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { type Attachment, type Reference, withMoved } from '../../core/references/reference';
import type { RunPlace } from '../../core/runs/run-entry';
import { randomId } from '../browser/random-id';
import { createReferencesStorage, type ReferencesDraft, watchDraft } from './reference-draft';

/** A reference that was taken off the list, to be brought back. */
interface RemovedReference {
  reference: Reference;
  index: number;
  /** The one that has taken its place; null if none has. */
  replacedBy: string | null;
  /** That one begins with the same mask. */
  isMaskTaken: boolean;
}

interface EditReferencesState extends ReferencesDraft {
  /** The newest last; until the page is left they can come back. */
  removed: readonly RemovedReference[];
  /** The picture that was put before all others from elsewhere in the app; null once that is known. */
  sentFirst: string | null;
  /** The list before it was replaced as a whole. */
  putAside: readonly Reference[] | null;
  /** This draft and another tab's began as one, and both are open. */
  isShared: boolean;
  /** The hashes of pictures whose bytes are nowhere any more. */
  lost: readonly string[];
  /** The hashes of pictures for which the browser had no room: they go when the page is left. */
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

/** The reference pictures of the Edit page; the list outlives a reload. */
export const editReferencesStore = createStore<EditReferencesState>()(
  persist((): EditReferencesState => empty, {
    name: 'edit-references',
    storage: createReferencesStorage(),
    partialize: ({ references, forkedFrom }): ReferencesDraft => ({ references, forkedFrom }),
    // A picture may have been sent here before the draft was looked up.
    merge: (kept, fresh) => {
      const { references = [], forkedFrom = null } = (kept ?? {}) as Partial<ReferencesDraft>;
      const isFirst = ({ id }: Reference) => id === fresh.sentFirst;
      const [first, others] = [
        fresh.references.filter(isFirst),
        fresh.references.filter((one) => !isFirst(one)),
      ];
      return { ...fresh, forkedFrom, references: [...first, ...references, ...others] };
    },
  }),
);

// On the server there is no draft.
if (typeof window !== 'undefined') watchDraft(editReferencesStore);

const { setState } = editReferencesStore;

/** A picture as a reference of its own, with a mask of its own. */
export function toReference(
  attachment: Attachment,
  { parent = null }: { parent?: RunPlace | null } = {},
): Reference {
  return { ...attachment, maskId: randomId(), parent };
}

/** Puts a reference on the list: at the end, or at a place. */
export function addReference(reference: Reference, at = Number.POSITIVE_INFINITY): void {
  setState(({ references }) => ({ references: references.toSpliced(at, 0, reference) }));
}

/** Takes any picture of the app as a reference, as it is kept. */
export function addFromPicture(picture: KeptPicture, { at }: { at?: number } = {}): void {
  const reference = fromPicture(picture);
  if (at === 0) setState({ sentFirst: reference.id });
  addReference(reference, at);
}

/** The page has said that a picture was put before the others. */
export function forgetSentFirst(): void {
  setState({ sentFirst: null });
}

/** The same, in another reference's place; `undoRemoval` brings that one back. */
export function replaceFromPicture(
  id: string,
  picture: KeptPicture,
  how?: { takesMask: boolean },
): void {
  replaceReference(id, fromPicture(picture), how);
}

/** A picture of the app, under the hash of its kept bytes. */
export type KeptPicture = Omit<Attachment, 'id'> & { parent: RunPlace | null };

function fromPicture({ parent, ...picture }: KeptPicture): Reference {
  return toReference({ ...picture, id: randomId() }, { parent });
}

/** Takes a reference off the list; it can come back. */
export function removeReference(id: string): void {
  setState(({ references, removed }) => {
    const index = references.findIndex((one) => one.id === id);
    const reference = references[index];
    if (!reference) return {};
    return {
      references: references.toSpliced(index, 1),
      removed: [...removed, { reference, index, replacedBy: null, isMaskTaken: false }],
    };
  });
}

/**
 * Puts another picture in a reference's place; the one before can come back. `takesMask`: the new
 * one's mask begins as that of the one before, or as the one that this was painted for.
 */
export function replaceReference(
  id: string,
  next: Reference,
  { takesMask = false }: { takesMask?: boolean } = {},
): void {
  setState(({ references, removed }) => {
    const index = references.findIndex((one) => one.id === id);
    const reference = references[index];
    // It was removed while the other was being read.
    if (!reference) return { references: [...references, next] };
    return {
      references: references.toSpliced(index, 1, next),
      removed: [...removed, { reference, index, replacedBy: next.id, isMaskTaken: takesMask }],
    };
  });
}

/** Brings back what was taken off last, in its place, with its mask. */
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

/** Replaces the whole list; the one before can be put back. */
export function replaceReferences(next: readonly Reference[]): void {
  setState(({ references }) => ({ references: next, putAside: references }));
}

/** Puts the list back that was replaced as a whole. */
export function putBackReferences(): void {
  setState(({ references, putAside }) => ({ references: putAside ?? references, putAside: null }));
}

/** Takes a reference to another place. */
export function moveReference(id: string, to: number): void {
  setState(({ references }) => ({ references: withMoved(references, { id, to }) }));
}

type State = ReturnType<typeof editReferencesStore.getState>;

/** Reads one field of the Edit page's references. */
export function useEditReferences<T>(select: (state: State) => T): T {
  return useStore(editReferencesStore, select);
}

import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { uprightSize } from '../../core/pictures/stored-picture';
import type { Reference } from '../../core/references/reference';
import type { Size } from '../../core/sizes/sizes';
import { editForm } from '../forms/image-forms';
import { loadPicture } from '../pictures/picture-files';
import { readPatiently } from '../storage/database';
import { editReferencesStore } from './edit-references';
import { type MaskSession, openMaskSession } from './mask-session';
import { measuredReference } from './measured-reference';

interface FirstMaskState {
  /** The mask of the first reference; null while there is none, or its picture is being loaded. */
  session: MaskSession | null;
  /** The picture of the first reference is not stored any more. */
  isGone: boolean;
  /** The size of an earlier mask that was scaled to start this one. */
  scaledFrom: Size | null;
}

const none: FirstMaskState = { session: null, isGone: false, scaledFrom: null };

// For masks that start as a PNG that was sent before: the PNG's hash by the mask's id.
const beginnings = new Map<string, string>();

// The ids of masks with paint on them, among those that were opened since the page was loaded.
const painted = new Set<string>();

/** Whether a mask has paint on it, if it was opened since the page was loaded. */
export function hasMask(maskId: string): boolean {
  return painted.has(maskId);
}

/** Makes a mask that is not open yet start as a PNG that was sent before. */
export function beginMaskWith(maskId: string, hash: string): void {
  beginnings.set(maskId, hash);
}

/** The mask that is painted on the Edit page is always that of the first reference. */
const firstMaskStore = createStore<FirstMaskState>(() => none);

// Settles once the first reference's mask is open and holds what it starts with.
let opening: Promise<MaskSession | null> = Promise.resolve(null);

/**
 * The mask of the current first reference, once it is open and can be sent.
 * @returns null if there is no picture, or it is not stored any more
 * @throws Error if another picture has become the first meanwhile, or the painter cannot be used
 */
export function firstMask(): Promise<MaskSession | null> {
  return opening;
}

/** Opens the mask of whichever reference becomes the first. @returns how to stop */
export function followFirstReference(): () => void {
  let wanted: Reference | undefined;
  const follow = () => {
    const [first] = editReferencesStore.getState().references;
    if (first?.maskId === wanted?.maskId) return;
    wanted = first;
    close();
    opening = first ? open(first) : Promise.resolve(null);
    // Callers of `firstMask` get the error; the page shows the reason.
    opening.catch(() => {});
  };
  const open = async (reference: Reference): Promise<MaskSession | null> => {
    const { maskId: id, hash } = reference;
    const picture = await readPatiently(() => loadPicture(hash)).catch(() => undefined);
    const { header } = picture ? await measuredReference(reference) : reference;
    if (wanted !== reference) throw new Error('Another picture has taken its place.');
    const size = uprightSize(header);
    if (!picture || !size) {
      firstMaskStore.setState({ isGone: true });
      return null;
    }
    const session = openMaskSession(id, picture, size);
    session.store.subscribe(({ share }, before) => {
      if (firstMaskStore.getState().session === session)
        editForm.setMasked(share > 0 ? size : null);
      if (share > 0) painted.add(id);
      // The share is 0 until the stored mask is loaded, which does not mean that it is empty.
      else if (before.share > 0) painted.delete(id);
    });
    // A stroke on a picture that is shown earlier would be lost.
    await session.ready;
    if (wanted !== reference) {
      session.close();
      throw new Error('Another picture has taken its place.');
    }
    firstMaskStore.setState({ session });
    const beginning = beginnings.get(id);
    if (beginning) await begin(session, beginning);
    // Not earlier: if another picture had become the first meanwhile, this would be needed again.
    beginnings.delete(id);
    return session;
  };
  follow();
  const leave = editReferencesStore.subscribe(follow);
  return () => {
    leave();
    wanted = undefined;
    close();
  };
}

function close(): void {
  firstMaskStore.getState().session?.close();
  editForm.setMasked(null);
  firstMaskStore.setState(none);
}

/** Imports an earlier mask. If it has another size, it is scaled, and the page says so. */
async function begin(session: MaskSession, hash: string): Promise<void> {
  const file = await readPatiently(() => loadPicture(hash));
  if (!file) return;
  const imported = await session.importMask(file, { isScaled: false });
  if (imported.kind !== 'other-size') return;
  await session.importMask(file, { isScaled: true });
  if (firstMaskStore.getState().session === session) {
    firstMaskStore.setState({ scaledFrom: imported.size });
  }
}

type State = ReturnType<typeof firstMaskStore.getState>;

/** Reads one field of the store of the mask that is being painted. */
export function useFirstMask<T>(select: (state: State) => T): T {
  return useStore(firstMaskStore, select);
}

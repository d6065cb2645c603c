import { createStore } from 'zustand/vanilla';
import { uprightSize } from '../../core/picture-facts';
import type { Reference } from '../../core/references/reference';
import type { Size } from '../../core/sizes';
import { loadPicture } from '../pictures';
import { editReferencesStore } from './edit-references';
import { type MaskSession, openMaskSession } from './mask-session';

interface FirstMaskState {
  /** The mask of the first reference; null while there is none, or its picture is being loaded. */
  session: MaskSession | null;
  /** The picture of the first reference is not kept any more. */
  isGone: boolean;
  /** The mask began as one of another size. */
  scaledFrom: Size | null;
}

const none: FirstMaskState = { session: null, isGone: false, scaledFrom: null };

// Masks that are to begin as a PNG that was sent before, by the mask's id: the PNG's hash.
const beginnings = new Map<string, string>();

// The masks that something is painted on, of those that were open since the page was.
const painted = new Set<string>();

/** Whether anything is painted on a mask that is or was open on this page. */
export function hasMask(maskId: string): boolean {
  return painted.has(maskId);
}

/** Lets a mask that has not been opened yet begin as one that was sent before. */
export function beginMaskWith(maskId: string, hash: string): void {
  beginnings.set(maskId, hash);
}

/** The mask that is painted on the Edit page: that of the first reference, whichever it is. */
export const firstMaskStore = createStore<FirstMaskState>(() => none);

/** Keeps the open mask that of the first reference, for as long as the page is there. */
export function followFirstReference(): () => void {
  let wanted: string | undefined;
  const follow = async () => {
    const [first] = editReferencesStore.getState().references;
    if (first?.maskId === wanted) return;
    wanted = first?.maskId;
    close();
    if (first) await open(first);
  };
  const open = async (reference: Reference) => {
    const { maskId: id, hash, header } = reference;
    const picture = await loadPicture(hash);
    if (wanted !== id) return;
    const size = uprightSize(header);
    if (!picture || !size) return firstMaskStore.setState({ isGone: true });
    const session = openMaskSession({ id, picture, size });
    session.store.subscribe(({ share }) => {
      if (share > 0) painted.add(id);
      else painted.delete(id);
    });
    firstMaskStore.setState({ session });
    const beginning = beginnings.get(id);
    beginnings.delete(id);
    if (beginning) await begin(session, beginning);
  };
  void follow();
  const leave = editReferencesStore.subscribe(() => void follow());
  return () => {
    leave();
    wanted = undefined;
    close();
  };
}

function close(): void {
  firstMaskStore.getState().session?.close();
  firstMaskStore.setState(none);
}

function whenReady({ store }: MaskSession): Promise<void> {
  return new Promise((resolve) => {
    if (store.getState().isReady) return resolve();
    const leave = store.subscribe(({ isReady }) => {
      if (!isReady) return;
      leave();
      resolve();
    });
  });
}

/** Makes a mask what an earlier one was; of another size, it is scaled, and the page says so. */
async function begin(session: MaskSession, hash: string): Promise<void> {
  const file = await loadPicture(hash);
  if (!file) return;
  await whenReady(session);
  const imported = await session.importMask(file, { isScaled: false });
  if (imported.kind !== 'other-size') return;
  await session.importMask(file, { isScaled: true });
  if (firstMaskStore.getState().session === session) {
    firstMaskStore.setState({ scaledFrom: imported.size });
  }
}

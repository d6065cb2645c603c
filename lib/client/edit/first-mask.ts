import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { uprightSize } from '../../core/pictures/picture-facts';
import type { Reference } from '../../core/references/reference';
import type { Size } from '../../core/sizes/sizes';
import { loadPicture } from '../pictures/picture-files';
import { readPatiently } from '../storage/connection';
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
const firstMaskStore = createStore<FirstMaskState>(() => none);

// The mask of the first reference as soon as it is open and holds what it should begin with.
let opening: Promise<MaskSession | null> = Promise.resolve(null);

/**
 * The mask of what is the first reference now, once it can be sent; it waits until the mask is open.
 * @returns null if there is no picture, or it is not kept any more
 * @throws Error if another picture became the first meanwhile, or the painter can't be used
 */
export function firstMask(): Promise<MaskSession | null> {
  return opening;
}

/** Keeps the open mask that of the first reference, for as long as the page is there. */
export function followFirstReference(): () => void {
  let wanted: Reference | undefined;
  const follow = () => {
    const [first] = editReferencesStore.getState().references;
    if (first?.maskId === wanted?.maskId) return;
    wanted = first;
    close();
    opening = first ? open(first) : Promise.resolve(null);
    // Whoever asks for it hears of it; the page itself shows why.
    opening.catch(() => {});
  };
  const open = async (reference: Reference): Promise<MaskSession | null> => {
    const { maskId: id, hash, header } = reference;
    const picture = await readPatiently(() => loadPicture(hash)).catch(() => undefined);
    if (wanted !== reference) throw new Error('Another picture has taken its place.');
    const size = uprightSize(header);
    if (!picture || !size) {
      firstMaskStore.setState({ isGone: true });
      return null;
    }
    const session = openMaskSession(id, picture, size);
    session.store.subscribe(({ share }, before) => {
      if (share > 0) painted.add(id);
      // It begins as nothing, until it is known what is on it.
      else if (before.share > 0) painted.delete(id);
    });
    firstMaskStore.setState({ session });
    const beginning = beginnings.get(id);
    if (beginning) await begin(session, beginning);
    // Only now: had another become the first meanwhile, it would have to begin like this again.
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
  const file = await readPatiently(() => loadPicture(hash));
  if (!file) return;
  await whenReady(session);
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

import { uprightSize } from '../../core/pictures/stored-picture';
import type { Reference } from '../../core/references/reference';
import { editForm } from '../forms/image-forms';
import { loadPicture } from '../pictures/picture-files';
import { readPatiently } from '../storage/database';
import { editReferencesStore } from './edit-references';
import { beginnings, firstMaskStore, none, painted } from './first-mask-store';
import { type MaskSession, openMaskSession } from './mask-session';
import { measuredReference } from './measured-reference';

// Settles once the first reference's mask is open and holds what it starts with.
let opening: Promise<MaskSession | null> = Promise.resolve(null);
let stopFollowing: (() => void) | undefined;

/**
 * The mask of the current first reference, once it is open and can be sent.
 * @returns null if there is no picture, or it is not stored any more
 * @throws Error if another picture has become the first meanwhile, or the painter cannot be used
 */
export function firstMask(): Promise<MaskSession | null> {
  stopFollowing ??= follow();
  return opening;
}

/** Opens the mask of whichever reference becomes the first. @returns how to stop */
export function followFirstReference(): () => void {
  stopFollowing ??= follow();
  return () => {
    stopFollowing?.();
    stopFollowing = undefined;
  };
}

function follow(): () => void {
  let wanted: Reference | undefined;
  const look = () => {
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
  look();
  const leave = editReferencesStore.subscribe(look);
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

import { createStore } from 'zustand/vanilla';
import { uprightSize } from '../../core/picture-facts';
import type { Reference } from '../../core/references/reference';
import { loadPicture } from '../pictures';
import { editReferencesStore } from './edit-references';
import { type MaskSession, openMaskSession } from './mask-session';

interface FirstMaskState {
  /** The mask of the first reference; null while there is none, or its picture is being loaded. */
  session: MaskSession | null;
  /** The picture of the first reference is not kept any more. */
  isGone: boolean;
}

/** The mask that is painted on the Edit page: that of the first reference, whichever it is. */
export const firstMaskStore = createStore<FirstMaskState>(() => ({ session: null, isGone: false }));

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
    firstMaskStore.setState({ session: openMaskSession({ id, picture, size }) });
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
  firstMaskStore.setState({ session: null, isGone: false });
}

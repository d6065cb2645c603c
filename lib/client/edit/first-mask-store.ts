import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { Size } from '../../core/sizes/sizes';
import type { MaskSession } from './mask-session';

// What pages show of the first mask. Its own code (`first-mask`) is loaded with the first picture.

interface FirstMaskState {
  /** The mask of the first reference; null while there is none, or its picture is being loaded. */
  session: MaskSession | null;
  /** The picture of the first reference is not stored any more. */
  isGone: boolean;
  /** The size of an earlier mask that was scaled to start this one. */
  scaledFrom: Size | null;
}

export const none: FirstMaskState = { session: null, isGone: false, scaledFrom: null };

/** For masks that start as a PNG that was sent before: the PNG's hash by the mask's id. */
export const beginnings = new Map<string, string>();

/** The ids of masks with paint on them, among those that were opened since the page was loaded. */
export const painted = new Set<string>();

/** Whether a mask has paint on it, if it was opened since the page was loaded. */
export function hasMask(maskId: string): boolean {
  return painted.has(maskId);
}

/** Makes a mask that is not open yet start as a PNG that was sent before. */
export function beginMaskWith(maskId: string, hash: string): void {
  beginnings.set(maskId, hash);
}

/** The mask that is painted on the Edit page is always that of the first reference. */
export const firstMaskStore = createStore<FirstMaskState>(() => none);

type State = ReturnType<typeof firstMaskStore.getState>;

/** Reads one field of the store of the mask that is being painted. */
export function useFirstMask<T>(select: (state: State) => T): T {
  return useStore(firstMaskStore, select);
}

import { useStore } from 'zustand/react';
import type { MaskSession, MaskSessionState } from './mask-session';

/** Reads one field of what the page shows of a mask. */
export function useMaskSession<T>(session: MaskSession, select: (state: MaskSessionState) => T): T {
  return useStore(session.store, select);
}

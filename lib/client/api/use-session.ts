import { useStore } from 'zustand/react';
import { sessionStore } from './session-store';

/** Whether the session of this page is over. */
export function useIsSignedOut(): boolean {
  return useStore(sessionStore, (state) => state.isSignedOut);
}

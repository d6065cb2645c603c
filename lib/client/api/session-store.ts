import { createStore } from 'zustand/vanilla';

interface SessionState {
  /** The server has a password, and nobody is signed in here any more. */
  isSignedOut: boolean;
}

/** Whether somebody is signed in, as far as the server's answers tell. */
export const sessionStore = createStore<SessionState>(() => ({ isSignedOut: false }));

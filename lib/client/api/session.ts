import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { type NameProblem, readName } from '../../core/sign-in';
import { fetchRuns, postSignIn } from './api';

/** Whether somebody is signed in, as far as the server's answers tell. */
export const sessionStore = createStore(() => ({ isSignedOut: false }));

/** Whether the server has a password, and nobody is signed in here any more. */
export function useIsSignedOut(): boolean {
  return useStore(sessionStore, (state) => state.isSignedOut);
}

/** Why somebody could not sign in. */
export type SignInProblem =
  | { kind: 'name'; problem: NameProblem }
  | { kind: 'wrong' | 'network' | 'databaseAway' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'refused'; message: string };

/** Signs in with a password. @returns why that failed; undefined if it did not */
export async function signIn({
  name,
  password,
}: {
  name: string;
  password: string;
}): Promise<SignInProblem | undefined> {
  const read = readName(name);
  if ('problem' in read) return { kind: 'name', problem: read.problem };
  try {
    const trouble = await postSignIn({ name: read.name, password });
    if (trouble?.code === 'wrong_password') return { kind: 'wrong' };
    if (trouble?.kind === 'store_unavailable') return { kind: 'databaseAway' };
    if (trouble?.code === 'too_many_attempts') {
      return { kind: 'wait', seconds: trouble.retryAfterSeconds ?? 60 };
    }
    if (trouble) return { kind: 'refused', message: trouble.message };
  } catch {
    return { kind: 'network' };
  }
  sessionStore.setState({ isSignedOut: false });
  return undefined;
}

/** Shows the notice that the session is over, and waits until somebody signs in. */
export function untilSignedIn(signal: AbortSignal): Promise<void> {
  sessionStore.setState({ isSignedOut: true });
  return new Promise((resolve, reject) => {
    const leave = sessionStore.subscribe(({ isSignedOut }) => {
      if (!isSignedOut) settle(resolve);
    });
    const stop = () => settle(() => reject(signal.reason));
    signal.addEventListener('abort', stop);
    function settle(end: () => void) {
      leave();
      signal.removeEventListener('abort', stop);
      end();
    }
  });
}

/** Checks whether somebody has signed in meanwhile, in another tab. */
export async function lookForSession(): Promise<void> {
  if (!sessionStore.getState().isSignedOut) return;
  try {
    await fetchRuns();
    sessionStore.setState({ isSignedOut: false });
  } catch {
    // Not yet, or nobody answers.
  }
}

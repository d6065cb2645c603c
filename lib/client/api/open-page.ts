import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { isServerThere } from './request';

const store = createStore(() => ({ isUnreachable: false }));
let newest = 0;

/** How long after the press its answer still holds. */
const freshMs = 1000;
let ahead: { isThere: Promise<boolean>; askedAt: number } | undefined;

/** Asks as soon as a link is pressed: by the time it is let go, much of the way to the server and back is done. */
export function preparePage(): void {
  ahead = { isThere: isServerThere(), askedAt: performance.now() };
}

function isThereNow(): Promise<boolean> {
  const pressed = ahead;
  ahead = undefined;
  const isFresh = pressed && performance.now() - pressed.askedAt < freshMs;
  return isFresh ? pressed.isThere : isServerThere();
}

/**
 * Opens another page once the server has answered. Otherwise the router would leave for the browser's
 * own error page, and what is only in this page's memory would be lost.
 * @param open is not called if another page was asked for meanwhile
 */
export async function openPage(open: () => void): Promise<void> {
  const turn = ++newest;
  const isThere = await isThereNow();
  if (turn !== newest) return;
  store.setState({ isUnreachable: !isThere });
  if (isThere) open();
}

/** Forgets that a page could not be opened. */
export function forgetUnreachable(): void {
  store.setState({ isUnreachable: false });
}

/** Whether the page that was asked for last could not be opened. */
export function useIsUnreachable(): boolean {
  return useStore(store, ({ isUnreachable }) => isUnreachable);
}

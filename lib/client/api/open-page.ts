import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { isServerThere } from './request';

const store = createStore(() => ({ isUnreachable: false }));
let newest = 0;

/**
 * Opens another page once the server has answered. Otherwise the router would leave for the browser's
 * own error page, and what is only in this page's memory would be lost.
 * @param open is not called if another page was asked for meanwhile
 */
export async function openPage(open: () => void): Promise<void> {
  const turn = ++newest;
  const isThere = await isServerThere();
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

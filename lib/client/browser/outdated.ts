import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { ask } from '../api/request';
import { pause } from './timers';

// After an update no server may have the scripts of a page that was open before. One that was not loaded by then
// never comes, however often it is asked for, and the page has to be loaded again.

const folder = '/_next/static/';
const mostLooks = 3;
const againMs = 1000;

const store = createStore(() => ({ isOutdated: false }));
/** What could not be loaded since the last look. */
const failed = new Set<string>();
let looking: Promise<boolean> | undefined;

/** The name that errors have where a script could not be loaded. Turbopack's is this one. */
export const notLoadedName = 'ChunkLoadError';

/** Whether something failed as a script could not be loaded, that of a worker too. */
export function isNotLoaded(error: unknown): boolean {
  return error instanceof Error && error.name === notLoadedName;
}

/** Whether a part of this page is gone from the server. */
export function isOutdated(): boolean {
  return store.getState().isOutdated;
}

/** As `isOutdated`. */
export function useIsOutdated(): boolean {
  return useStore(store, ({ isOutdated }) => isOutdated);
}

/**
 * Asks the server a few times whether it still has what could not be loaded; for the script of a worker, whose
 * address nobody is told, whether it has the scripts of the page: one of them names it.
 * @returns whether it is gone; false also where the server cannot be reached
 */
export function seeIfOutdated(): Promise<boolean> {
  looking ??= look().finally(() => {
    looking = undefined;
  });
  return looking;
}

async function look(): Promise<boolean> {
  for (let looks = 0; looks < mostLooks && !isOutdated(); looks++) {
    if (looks > 0) await pause(againMs);
    if (!(await isAnyGone())) return false;
  }
  store.setState({ isOutdated: true });
  return true;
}

async function isAnyGone(): Promise<boolean> {
  const scripts = [...document.scripts].map(({ src }) => src).filter(isOurs);
  const asked = failed.size > 0 ? [...failed] : scripts;
  failed.clear();
  const gone: string[] = [];
  await Promise.all(
    asked.map(async (url) => {
      const answer = await ask(url, { method: 'HEAD' }).catch(() => undefined);
      if (answer?.status === 404) gone.push(url);
    }),
  );
  // The next look needs to ask for these only.
  for (const url of gone) failed.add(url);
  return gone.length > 0;
}

function isOurs(address: string): boolean {
  const { origin, pathname } = new URL(address, location.href);
  return origin === location.origin && pathname.startsWith(folder);
}

/** Watches for scripts and styles that cannot be loaded, whoever has asked for them. */
export function watchScripts(): () => void {
  const listen = ({ target }: Event) => {
    const address =
      target instanceof HTMLScriptElement
        ? target.src
        : target instanceof HTMLLinkElement
          ? target.href
          : '';
    if (address === '' || !isOurs(address)) return;
    failed.add(address);
    void seeIfOutdated();
  };
  // Such an event does not bubble.
  window.addEventListener('error', listen, { capture: true });
  return () => window.removeEventListener('error', listen, { capture: true });
}

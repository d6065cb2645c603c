import { useEffect, useState, useSyncExternalStore } from 'react';
import { isOutdated, seeIfOutdated } from './outdated';
import { nextTask } from './timers';

/** Code that the page's first picture does not need. */
export interface Later<T> {
  /** Begins to load it, unless it is there or on its way. */
  begin(): void;
  /** What was loaded, or that it cannot be loaded at the moment; undefined until either is known. */
  found(): { value: T } | 'failed' | undefined;
  subscribe(listener: () => void): () => void;
  /** Waits until it is there, however often it must be tried. @throws where it is gone from the server */
  get(): Promise<T>;
}

const retryMs = 3000;

/**
 * Loads code when the browser is idle, or at its first use if that is earlier. While it is wanted and cannot
 * be loaded, as the server is being restarted, it is tried again and again, unless the server has it no more.
 */
export function later<T>(load: () => Promise<T>): Later<T> {
  let found: { value: T } | 'failed' | undefined;
  let isLoading = false;
  const listeners = new Set<() => void>();
  const become = (next: typeof found) => {
    found = next;
    isLoading = false;
    for (const listener of listeners) listener();
  };
  const begin = async () => {
    if (isLoading || typeof found === 'object') return;
    isLoading = true;
    await load().then(
      async (value) => {
        await nextTask();
        become({ value });
      },
      () => {
        become(listeners.size > 0 ? 'failed' : undefined);
        if (listeners.size > 0) void tryAgain();
      },
    );
  };
  const tryAgain = async () => {
    if (!(await seeIfOutdated())) setTimeout(begin, retryMs);
    // Who waits for it learns that it never comes.
    else if (!isLoading && typeof found !== 'object') become('failed');
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  const get = () =>
    new Promise<T>((resolve, reject) => {
      const look = () => {
        const isGone = found === 'failed' && !isLoading && isOutdated();
        if (typeof found !== 'object' && !isGone) return;
        leave();
        if (typeof found === 'object') resolve(found.value);
        else reject(new Error('The server has a new version, without this script.'));
      };
      const leave = subscribe(look);
      void begin();
      look();
    });
  whenIdle(begin);
  return { begin: () => void begin(), found: () => found, subscribe, get };
}

/** What was loaded of it; loads it at once where it is wanted. */
export function useLater<T>(code: Later<T>, isWanted = true): ReturnType<Later<T>['found']> {
  useEffect(() => {
    // In a task of its own: when a page comes to life, several parts are wanted at once.
    if (isWanted && typeof code.found() !== 'object') void nextTask().then(code.begin);
  }, [code, isWanted]);
  return useSyncExternalStore(code.subscribe, code.found, () => undefined);
}

/** True once the page is loaded and the browser has had nothing else to do. */
export function useIsIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => whenIdle(async () => setIdle(true)), []);
  return isIdle;
}

let last: Promise<unknown> = Promise.resolve();

/** Does one thing after the other, each when the page is loaded and the browser has nothing else to do. */
function whenIdle(action: () => Promise<unknown>): void {
  // The server loads nothing ahead.
  if (typeof window === 'undefined') return;
  last = last.then(untilLoaded).then(untilIdle).then(action);
}

function untilLoaded(): Promise<unknown> | undefined {
  if (document.readyState === 'complete') return undefined;
  return new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
}

function untilIdle(): Promise<unknown> {
  return new Promise((resolve) => {
    // Safari has no such call.
    if ('requestIdleCallback' in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 50);
  });
}

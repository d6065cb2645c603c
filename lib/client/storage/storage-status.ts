import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { StorageProblem } from './database';

/** Something that could not be stored, and is only in memory. */
export interface Unkept {
  /** What is reported again under this name takes its place. */
  name: string;
  /** Stores it. @throws if there is no room for it yet */
  keep(): Promise<unknown>;
}

interface StorageStatus {
  /** Why the browser cannot store everything; null if it can. */
  problem: StorageProblem | null;
}

/** How often it is tried to store what is only in memory. */
const retryMs = 5_000;

/**
 * Makes the status of the storage. What could not be stored is tried again every now and then, and when
 * room was made here; once all of it is stored, there is no problem any more.
 * @param later calls an action after a while
 */
export function createStorageStatus(
  later: (action: () => void) => unknown = (action) => setTimeout(action, retryMs),
) {
  const store = createStore<StorageStatus>(() => ({ problem: null }));
  const unkept = new Map<string, Unkept>();
  let isDue = false;
  let isTrying: Promise<void> | undefined;

  const tryLater = () => {
    if (isDue || unkept.size === 0) return;
    isDue = true;
    later(() => {
      isDue = false;
      void keepUnkept();
    });
  };

  /** Stores what waits, one after the other. There may be room for a small one behind a large one. */
  async function keepAll(): Promise<void> {
    for (const [name, one] of unkept) {
      try {
        await one.keep();
      } catch {
        continue;
      }
      // A newer state of it may have been reported meanwhile; that is tried next.
      if (unkept.get(name) === one) unkept.delete(name);
    }
    if (unkept.size === 0) store.setState({ problem: null });
    else tryLater();
  }

  /** Tries now to store what is only in memory: room may have been made. */
  function keepUnkept(): Promise<void> {
    if (unkept.size === 0) return Promise.resolve();
    isTrying ??= keepAll().finally(() => {
      isTrying = undefined;
    });
    return isTrying;
  }

  return {
    store,
    keepUnkept,
    /**
     * Reports that something could not be stored or read.
     * @param waiting what is stored once there is room
     */
    reportStorageProblem(problem: StorageProblem, waiting?: Unkept): void {
      store.setState({ problem });
      if (!waiting) return;
      unkept.set(waiting.name, waiting);
      tryLater();
    },
  };
}

/** The status of this browser's storage in this tab. */
export const {
  store: storageStatusStore,
  keepUnkept,
  reportStorageProblem,
} = createStorageStatus();

/** Why the browser cannot store everything; null if it can. */
export function useStorageProblem() {
  return useStore(storageStatusStore, (state) => state.problem);
}

import type { StateStorage } from 'zustand/middleware';

/**
 * A storage that may be full, forbidden or absent (as on the server) without anybody noticing: what
 * cannot be kept is still there until the page is left.
 */
export function quietStorage(open: () => StateStorage): StateStorage {
  const attempt = <T>(action: (storage: StateStorage) => T): T | null => {
    try {
      return action(open());
    } catch {
      return null;
    }
  };
  return {
    getItem: (name) => attempt((storage) => storage.getItem(name)),
    setItem: (name, value) => attempt((storage) => storage.setItem(name, value)),
    removeItem: (name) => attempt((storage) => storage.removeItem(name)),
  };
}

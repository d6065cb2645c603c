import 'server-only';
/** Counts per key; each count is forgotten a window of time after its first. */
export interface WindowCounter {
  of(key: string): number;
  add(key: string): void;
  /** How long until the count of a key is forgotten, in ms; 0 where there is none. */
  msLeft(key: string): number;
}

/**
 * Makes a counter. All windows are of one length, so the keys stand in the order in which they end.
 * @param most of the keys are kept; beyond that the oldest goes, so that no flood of keys fills the memory
 * @param now in ms, of a clock that never goes back
 */
export function createWindowCounter({
  windowMs,
  most,
  now,
}: {
  windowMs: number;
  most: number;
  now: () => number;
}): WindowCounter {
  const counts = new Map<string, { count: number; ends: number }>();
  const current = (key: string) => {
    const found = counts.get(key);
    return found && found.ends > now() ? found : undefined;
  };
  return {
    of: (key) => current(key)?.count ?? 0,
    add(key) {
      const found = current(key);
      if (found) {
        found.count++;
        return;
      }
      counts.delete(key);
      for (const [oldest, { ends }] of counts) {
        if (ends > now() && counts.size < most) break;
        counts.delete(oldest);
      }
      counts.set(key, { count: 1, ends: now() + windowMs });
    },
    msLeft(key) {
      const found = current(key);
      return found ? found.ends - now() : 0;
    },
  };
}

'use client';
import { useEffect, useEffectEvent, useState } from 'react';

/**
 * Loads code at its first use. Unlike with `lazy`, what cannot be loaded (the server is being restarted)
 * takes no page away: `failed` is shown in its place, and the next use tries again.
 * @returns undefined while it is being loaded
 */
export function useLoaded<T>(isWanted: boolean, load: () => Promise<T>): T | 'failed' | undefined {
  const [found, setFound] = useState<{ value: T } | 'failed'>();
  const begin = useEffectEvent(() => {
    load().then(
      (value) => setFound({ value }),
      () => setFound('failed'),
    );
  });
  const isMissing = found === undefined || found === 'failed';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each use tries again, not each failure
  useEffect(() => {
    if (isWanted && isMissing) begin();
  }, [isWanted]);
  return found === 'failed' ? found : found?.value;
}

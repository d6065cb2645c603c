import { useCallback, useLayoutEffect, useRef } from 'react';

/** The same function for ever, which does what the latest does: what is given it need not be rendered again. */
export function useLatest<Args extends unknown[], Result>(
  latest: (...args: Args) => Result,
): (...args: Args) => Result {
  const held = useRef(latest);
  useLayoutEffect(() => {
    held.current = latest;
  });
  return useCallback((...args: Args) => held.current(...args), []);
}

import { useSyncExternalStore } from 'react';

// The same border as --breakpoint-wide.
const query = '(width >= 860px)';

function subscribe(onChange: () => void): () => void {
  const list = matchMedia(query);
  list.addEventListener('change', onChange);
  return () => list.removeEventListener('change', onChange);
}

/** Whether the form and the pictures stand side by side, at this moment. */
export function isWide(): boolean {
  return matchMedia(query).matches;
}

/** The same, followed as the window changes. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, isWide, () => true);
}

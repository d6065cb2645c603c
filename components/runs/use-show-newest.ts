import { useEffect, useRef } from 'react';
import { isWide } from '../ui/use-is-wide';

/** Scrolls to the newest run when it is started here, not to those that were there before. */
export function useShowNewest(newestId: string | undefined, isReady: boolean, isOwn: boolean) {
  const section = useRef<HTMLElement>(null);
  const shown = useRef<string>(undefined);
  useEffect(() => {
    const before = shown.current;
    const isNew = newestId !== undefined && before !== undefined && before !== newestId;
    if (isNew && !isOwn) return;
    shown.current = isReady ? (newestId ?? '') : undefined;
    if (!isNew) return;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const behavior = isStill ? 'auto' : 'smooth';
    section.current?.scrollTo({ top: 0, behavior });
    // On a narrow screen the runs are below the form.
    if (!isWide()) section.current?.scrollIntoView({ behavior });
  }, [newestId, isReady, isOwn]);
  return section;
}

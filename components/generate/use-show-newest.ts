import { useEffect, useRef } from 'react';

/** Scrolls to the newest run when it is started. */
export function useShowNewest(newestId: string | undefined) {
  const section = useRef<HTMLElement>(null);
  const shown = useRef(newestId);
  useEffect(() => {
    if (newestId === undefined || shown.current === newestId) return;
    shown.current = newestId;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const behavior = isStill ? 'auto' : 'smooth';
    section.current?.scrollTo({ top: 0, behavior });
    // On a narrow screen the runs are below the form.
    if (matchMedia('(width < 860px)').matches) section.current?.scrollIntoView({ behavior });
  }, [newestId]);
  return section;
}

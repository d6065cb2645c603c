import { type RefObject, useEffect, useRef } from 'react';
import { markRun, runsStore } from '@/lib/client/runs/runs-store';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';

/**
 * Lets the mark of the strip follow the list: once the marked run has been in view and is so no more, the
 * first one in view is marked.
 * @param ids of the runs in the list, as one text
 */
export function useMarkInView(
  list: RefObject<HTMLElement | null>,
  endpoint: ImageEndpoint,
  ids: string,
): void {
  const wasSeen = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ids` stands for the items
  useEffect(() => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-listed]') ?? [])];
    const inView = new Set<Element>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inView.add(target);
        else inView.delete(target);
      }
      const marked = runsStore.getState().markedIds[endpoint];
      const own = items.find(({ dataset }) => dataset.listed === marked);
      if (own && inView.has(own)) wasSeen.current = marked;
      // A run that was opened just now is still being scrolled to.
      else if (!own || wasSeen.current === marked) {
        const first = items.find((item) => inView.has(item))?.dataset.listed;
        if (first === undefined) return;
        wasSeen.current = first;
        markRun(endpoint, first);
      }
    });
    for (const item of items) observer.observe(item);
    return () => observer.disconnect();
  }, [list, endpoint, ids]);
}

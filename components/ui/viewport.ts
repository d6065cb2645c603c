import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';

const lists = new Map<string, MediaQueryList>();

/** Made once for each query: each rendering asks. */
function listOf(query: string): MediaQueryList {
  const list = lists.get(query) ?? matchMedia(query);
  lists.set(query, list);
  return list;
}

/** Whether a media query holds, followed as the window changes; true on the server. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = listOf(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => listOf(query).matches,
    () => true,
  );
}

// The same border as --breakpoint-wide.
const wide = '(width >= 860px)';

/** Whether the form and the pictures stand side by side at this moment. */
export const isWide = () => matchMedia(wide).matches;

/** Whether the form and the pictures stand side by side, followed as the window changes. */
export const useIsWide = () => useMedia(wide);

/** Whether controls are made for fingers: the condition of the styles' `touch` variant. */
export const useIsTouch = () => useMedia('(pointer: coarse), (width < 860px)');

/** The inner size of an element in CSS pixels, kept up to date; undefined until it was measured. */
export function useElementSize(
  ref: RefObject<HTMLElement | null>,
): { width: number; height: number } | undefined {
  const [size, setSize] = useState<{ width: number; height: number }>();
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/**
 * Sets `--visible` on an element: the height of the window that a phone's keyboard leaves free. The
 * keyboard lies over the page, and only the visual viewport knows about it.
 */
export function useVisibleHeight(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { visualViewport: viewport } = window;
    if (!viewport) return;
    const measure = () => {
      // A page that is zoomed in has a small visual viewport, too.
      const isZoomed = viewport.scale > 1.01;
      const isCovered = innerHeight - viewport.height > 80;
      if (isCovered && !isZoomed) {
        element.current?.style.setProperty('--visible', `${viewport.height}px`);
      } else element.current?.style.removeProperty('--visible');
    };
    measure();
    viewport.addEventListener('resize', measure);
    return () => viewport.removeEventListener('resize', measure);
  }, [element]);
}

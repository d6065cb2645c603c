import { type RefObject, useEffect } from 'react';

/**
 * Sets `--visible` on an element: the height that a phone's keyboard leaves of the window. Browsers
 * lay their keyboard over the page and tell only the visual viewport.
 */
export function useVisibleHeight(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { visualViewport: viewport } = window;
    if (!viewport) return;
    const measure = () => {
      // Zoomed in, it is small for another reason.
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

import { type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { GridLook } from './grid-cell';

export const cellSizes = { min: 96, max: 512, usual: 200 };
const mostZoom = 16;
const whole = { zoom: 1, x: 0.5, y: 0.5 };

/** How the grid looks at all pictures: cell size, crop, and one zoom and place for all of them. */
export function useGridLook() {
  const [value, setValue] = useState<GridLook>({
    size: cellSizes.usual,
    isCropped: false,
    ...whole,
  });
  const dragged = useRef<{ id: number; x: number; y: number } | null>(null);
  const wasDragged = useRef(false);
  const zoomBy = (factor: number) => setValue((look) => zoomed(look, factor));
  const isZoomed = value.zoom > 1;
  useEffect(() => {
    // React's own listener could not keep the browser from zooming the page.
    const listen = (event: WheelEvent) => {
      const target = event.target as Element | null;
      if (!(event.ctrlKey || event.metaKey) || !target?.closest('[role=gridcell]')) return;
      event.preventDefault();
      setValue((look) => zoomed(look, Math.exp(-event.deltaY / 300)));
    };
    window.addEventListener('wheel', listen, { passive: false });
    return () => window.removeEventListener('wheel', listen);
  }, []);
  return {
    value,
    setSize: (size: number) => setValue((look) => ({ ...look, size })),
    setCropped: (isCropped: boolean) => setValue((look) => ({ ...look, isCropped })),
    /**
     * @param longest the longest side of any picture, in its own pixels
     * @returns whether the key was one of its own
     */
    onKey(key: string, longest: number): boolean {
      if (key === '+' || key === '=') zoomBy(1.5);
      else if (key === '-' || key === '−') zoomBy(1 / 1.5);
      else if (key === '0') setValue((look) => ({ ...look, ...whole }));
      else if (key === '1') setValue((look) => zoomed({ ...look, zoom: 1 }, longest / look.size));
      else return false;
      return true;
    },
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        wasDragged.current = false;
        if (!isZoomed || event.button !== 0) return;
        dragged.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
      },
      onPointerMove({ pointerId, clientX, clientY }: PointerEvent<HTMLElement>) {
        const from = dragged.current;
        if (from?.id !== pointerId) return;
        wasDragged.current ||= Math.hypot(clientX - from.x, clientY - from.y) > 2;
        dragged.current = { id: pointerId, x: clientX, y: clientY };
        setValue((look) => {
          const within = (place: number) => Math.min(1, Math.max(0, place));
          const across = look.size * look.zoom;
          return {
            ...look,
            x: within(look.x - (clientX - from.x) / across),
            y: within(look.y - (clientY - from.y) / across),
          };
        });
      },
      onPointerUp() {
        dragged.current = null;
      },
      onPointerLeave() {
        dragged.current = null;
      },
      onClickCapture(event: MouseEvent) {
        // The end of a drag opens nothing.
        if (wasDragged.current) event.stopPropagation();
      },
    },
  };
}

function zoomed(look: GridLook, factor: number): GridLook {
  const zoom = Math.min(mostZoom, Math.max(1, look.zoom * factor));
  return zoom === 1 ? { ...look, ...whole } : { ...look, zoom };
}

import {
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';

export const cellSizes = { min: 96, max: 512, usual: 200 };
const mostZoom = 16;
const whole = { zoom: 1, x: 0.5, y: 0.5 };

/** Where all pictures are looked at: enlarged so much, with this place of each (from 0 to 1) in the middle. */
type Zoom = typeof whole;

/** The transform of every picture. Its variables are set on the grid, so that a zoom renders nothing anew. */
const shift = (axis: 'x' | 'y') => `calc((0.5 - var(--zoom, 1) * var(--zoom-${axis}, 0.5)) * 100%)`;
export const zoomedStyle = `translate(${shift('x')}, ${shift('y')}) scale(var(--zoom, 1))`;

/** How the grid looks at all pictures: cell size, crop, and one zoom and place for all of them. */
export function useGridLook() {
  const [size, setSize] = useState(cellSizes.usual);
  const [isCropped, setCropped] = useState(false);
  /** The power of two that is just enough for the zoom: pictures are drawn anew when it is passed. */
  const [enough, setEnough] = useState(1);
  const grid = useRef<HTMLDivElement>(null);
  const at = useRef<Zoom>(whole);
  const dragged = useRef<{ id: number; x: number; y: number } | null>(null);
  const wasDragged = useRef(false);
  const show = (next: Zoom) => {
    at.current = next;
    const { style } = grid.current ?? {};
    style?.setProperty('--zoom', String(next.zoom));
    for (const axis of ['x', 'y'] as const)
      style?.setProperty(`--zoom-${axis}`, String(next[axis]));
    setEnough(2 ** Math.ceil(Math.log2(next.zoom)));
  };
  const showNow = useEffectEvent(show);
  useEffect(() => {
    // React's own listener could not keep the browser from zooming the page.
    const listen = (event: WheelEvent) => {
      const target = event.target as Element | null;
      if (!(event.ctrlKey || event.metaKey) || !target?.closest('[role=gridcell]')) return;
      event.preventDefault();
      showNow(zoomed(at.current, Math.exp(-event.deltaY / 300)));
    };
    window.addEventListener('wheel', listen, { passive: false });
    return () => window.removeEventListener('wheel', listen);
  }, []);
  return {
    grid,
    /** Of a cell, in CSS pixels. */
    size,
    setSize,
    /** Whether a picture fills its cell, cut at its longer side. */
    isCropped,
    setCropped,
    enough,
    /**
     * @param side of a cell, in CSS pixels
     * @param longest the longest side of any picture, in its own pixels
     * @returns whether the key was one of its own
     */
    onKey(key: string, side: number, longest: number): boolean {
      if (key === '+' || key === '=') show(zoomed(at.current, 1.5));
      else if (key === '-' || key === '−') show(zoomed(at.current, 1 / 1.5));
      else if (key === '0') show(whole);
      else if (key === '1') show(zoomed({ ...at.current, zoom: 1 }, longest / side));
      else return false;
      return true;
    },
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        wasDragged.current = false;
        if (at.current.zoom === 1 || event.button !== 0) return;
        dragged.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
      },
      onPointerMove({ pointerId, clientX, clientY, target }: PointerEvent<HTMLElement>) {
        const from = dragged.current;
        if (from?.id !== pointerId) return;
        wasDragged.current ||= Math.hypot(clientX - from.x, clientY - from.y) > 2;
        dragged.current = { id: pointerId, x: clientX, y: clientY };
        const within = (place: number) => Math.min(1, Math.max(0, place));
        const cell = (target as Element).closest<HTMLElement>('[role=gridcell]');
        const across = (cell?.offsetWidth ?? size) * at.current.zoom;
        show({
          ...at.current,
          x: within(at.current.x - (clientX - from.x) / across),
          y: within(at.current.y - (clientY - from.y) / across),
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

function zoomed(from: Zoom, factor: number): Zoom {
  const zoom = Math.min(mostZoom, Math.max(1, from.zoom * factor));
  return zoom === 1 ? whole : { ...from, zoom };
}

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
/** A key or button enlarges so much at once. */
const keyFactor = 1.5;
/** After so long without a change of the zoom, pictures are drawn anew that need more pixels. */
const stillMs = 120;
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
  /** The power of two that is just enough for the zoom. */
  const [enough, setEnough] = useState(1);
  const grid = useRef<HTMLDivElement>(null);
  const at = useRef<Zoom>(whole);
  const dragged = useRef<{ id: number; x: number; y: number } | null>(null);
  const wasDragged = useRef(false);
  const still = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = (next: Zoom) => {
    at.current = next;
    const { style } = grid.current ?? {};
    style?.setProperty('--zoom', String(next.zoom));
    for (const axis of ['x', 'y'] as const)
      style?.setProperty(`--zoom-${axis}`, String(next[axis]));
    clearTimeout(still.current);
    // Once it stands still: a dozen large pictures are decoded then.
    still.current = setTimeout(
      () => setEnough(2 ** Math.ceil(Math.log2(at.current.zoom))),
      stillMs,
    );
  };
  useEffect(() => () => clearTimeout(still.current), []);
  const showNow = useEffectEvent(show);
  const fingers = useRef<Fingers>(undefined);
  const pinch = useEffectEvent((event: TouchEvent) => {
    const now = fingersOn(event);
    const { current: before } = fingers;
    fingers.current = now;
    if (!now) return;
    // Else the browser would zoom the page, or scroll it.
    if (event.cancelable) event.preventDefault();
    if (before) show(pinched(at.current, before, now));
  });
  useEffect(() => {
    const { current: element } = grid;
    const listen = (event: TouchEvent) => pinch(event);
    const types = ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const;
    for (const type of types) element?.addEventListener(type, listen, { passive: false });
    return () => {
      for (const type of types) element?.removeEventListener(type, listen);
    };
  }, []);
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
    zoomIn: () => show(zoomed(at.current, keyFactor)),
    zoomOut: () => show(zoomed(at.current, 1 / keyFactor)),
    /**
     * @param side of a cell, in CSS pixels
     * @param longest the longest side of any picture, in its own pixels
     * @returns whether the key was one of its own
     */
    onKey(key: string, side: number, longest: number): boolean {
      if (key === '+' || key === '=') show(zoomed(at.current, keyFactor));
      else if (key === '-' || key === '−') show(zoomed(at.current, 1 / keyFactor));
      else if (key === '0') show(whole);
      else if (key === '1') show(zoomed({ ...at.current, zoom: 1 }, longest / side));
      else return false;
      return true;
    },
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        wasDragged.current = false;
        // One finger scrolls, two move the pictures.
        if (at.current.zoom === 1 || event.button !== 0 || event.pointerType === 'touch') return;
        dragged.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
      },
      onPointerMove({ pointerId, clientX, clientY, target }: PointerEvent<HTMLElement>) {
        const from = dragged.current;
        if (from?.id !== pointerId) return;
        wasDragged.current ||= Math.hypot(clientX - from.x, clientY - from.y) > 2;
        dragged.current = { id: pointerId, x: clientX, y: clientY };
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

/** Two fingers on a cell: how far apart they are, in CSS pixels, and their middle in shares of the cell. */
interface Fingers {
  apart: number;
  x: number;
  y: number;
}

function fingersOn({ touches, target }: TouchEvent): Fingers | undefined {
  const [one, other] = touches;
  const cell = (target as Element).closest('[role=gridcell]')?.getBoundingClientRect();
  if (!one || !other || touches.length > 2 || !cell) return undefined;
  return {
    apart: Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)),
    x: ((one.clientX + other.clientX) / 2 - cell.left) / cell.width,
    y: ((one.clientY + other.clientY) / 2 - cell.top) / cell.height,
  };
}

/** What was between the fingers stays between them. */
function pinched(from: Zoom, before: Fingers, now: Fingers): Zoom {
  const { zoom } = zoomed(from, now.apart / before.apart);
  if (zoom === 1) return whole;
  const follow = (axis: 'x' | 'y') =>
    within(from[axis] + (before[axis] - 0.5) / from.zoom - (now[axis] - 0.5) / zoom);
  return { zoom, x: follow('x'), y: follow('y') };
}

function within(place: number): number {
  return Math.min(1, Math.max(0, place));
}

function zoomed(from: Zoom, factor: number): Zoom {
  const zoom = Math.min(mostZoom, Math.max(1, from.zoom * factor));
  return zoom === 1 ? whole : { ...from, zoom };
}

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type TileBox, tilesIn, type Wall } from '@/lib/core/gallery/wall';
import { tileAt } from './tile-view';

/** A finger that rests so long selects. */
const longPressMs = 450;
/** What moves less than this has not moved. */
const slack = 6;
/** Near the upper and the lower edge a marquee scrolls, by so much a frame at most. */
const edge = 48;
const mostStep = 24;

/**
 * What a pointer does on a wall: a mouse that is dragged from beside the tiles draws a marquee, which
 * scrolls at the edges; a finger that rests on a tile selects it.
 */
export function useWallPointer({
  scroller,
  wall,
  origin,
  onTouched,
  onMarquee,
  onLongPress,
}: {
  scroller: RefObject<HTMLDivElement | null>;
  wall: Wall;
  /** The element that the wall's coordinates count from. */
  origin: RefObject<HTMLDivElement | null>;
  /** Told when a marquee begins, with whether it adds to the selection. */
  onMarquee: (isAdding: boolean) => void;
  /** Told which tiles a marquee touches. */
  onTouched: (indices: readonly number[]) => void;
  onLongPress: (index: number) => void;
}) {
  const [box, setBox] = useState<TileBox | null>(null);
  const drag = useRef<{ x: number; y: number; clientX: number; clientY: number } | null>(null);
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const wasLong = useRef(false);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const { left = 0, top = 0 } = origin.current?.getBoundingClientRect() ?? {};
    return { x: clientX - left, y: clientY - top };
  };
  const draw = () => {
    const from = drag.current;
    if (!from) return;
    const to = pointOf(from);
    const next = {
      left: Math.min(from.x, to.x),
      top: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    };
    setBox(next);
    onTouched(tilesIn(wall, next));
  };
  const scrollAtEdge = () => {
    const element = scroller.current;
    if (!element || !drag.current) return;
    const { top, bottom } = element.getBoundingClientRect();
    const { clientY } = drag.current;
    const above = Math.max(0, top + edge - clientY);
    const below = Math.max(0, clientY - (bottom - edge));
    const by = Math.min(mostStep, below / 2) - Math.min(mostStep, above / 2);
    if (by !== 0) {
      element.scrollTop += by;
      draw();
    }
    frame.current = requestAnimationFrame(scrollAtEdge);
  };
  const letGo = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  const end = () => {
    letGo();
    cancelAnimationFrame(frame.current);
    drag.current = null;
    setBox(null);
  };

  return {
    /** The marquee, in the wall's coordinates. */
    box,
    /** Whether the click that follows belongs to a long press, which has done its work. */
    takeLongPress: () => {
      const was = wasLong.current;
      wasLong.current = false;
      return was;
    },
    handlers: {
      onPointerDown(event: PointerEvent<HTMLDivElement>) {
        wasLong.current = false;
        const index = tileAt(event);
        if (event.pointerType !== 'mouse') {
          if (index === undefined) return;
          const timer = setTimeout(() => {
            wasLong.current = true;
            onLongPress(index);
          }, longPressMs);
          press.current = { timer, x: event.clientX, y: event.clientY };
          return;
        }
        const isBeside = index === undefined && !(event.target as Element).closest('button, a');
        const { clientX, clientY, currentTarget } = event;
        // Not on the scrollbar.
        const isInside =
          clientX < currentTarget.getBoundingClientRect().left + currentTarget.clientWidth;
        if (event.button !== 0 || !isBeside || !isInside) return;
        drag.current = { ...pointOf(event), clientX, clientY };
        currentTarget.setPointerCapture(event.pointerId);
        onMarquee(event.ctrlKey || event.metaKey || event.shiftKey);
        frame.current = requestAnimationFrame(scrollAtEdge);
      },
      onPointerMove({ clientX, clientY }: PointerEvent<HTMLDivElement>) {
        const { current: pressed } = press;
        if (pressed && Math.hypot(clientX - pressed.x, clientY - pressed.y) > slack) letGo();
        const from = drag.current;
        if (!from) return;
        const hasMoved = Math.hypot(clientX - from.clientX, clientY - from.clientY) > slack;
        if (!box && !hasMoved) return;
        Object.assign(from, { clientX, clientY });
        draw();
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** A mouse that moves this far drags, a finger scrolls; in CSS pixels. */
const slackPixels = 6;
/** How long a finger rests on an item before it drags the item. */
const holdMs = 220;

interface Point {
  x: number;
  y: number;
}

/** How a drag began: places in the window, in CSS pixels. */
export interface DragStart {
  pointer: Point;
  /** The list's upper left corner. */
  list: Point;
  /** The items' centres. */
  centres: readonly Point[];
}

/**
 * @param list The list's upper left corner now, which moves when something around it scrolls.
 * @returns how far the item is moved from its place in the list, and the nearest place for it
 */
export function dragTo(start: DragStart, pointer: Point, list: Point): { by: Point; to: number } {
  const scrolled = { x: list.x - start.list.x, y: list.y - start.list.y };
  const place = { x: pointer.x - scrolled.x, y: pointer.y - scrolled.y };
  const distances = start.centres.map(({ x, y }) => Math.hypot(x - place.x, y - place.y));
  return {
    by: { x: place.x - start.pointer.x, y: place.y - start.pointer.y },
    to: distances.indexOf(Math.min(...distances)),
  };
}

interface Press {
  index: number;
  pointerId: number;
  /** Where it began, and where the pointer is now. */
  from: Point;
  at: Point;
  item: HTMLElement;
  hold: ReturnType<typeof setTimeout> | undefined;
  /** Undefined until it drags. */
  start: DragStart | undefined;
}

const middleOf = ({ x, y, width, height }: DOMRect): Point => ({
  x: x + width / 2,
  y: y + height / 2,
});

/**
 * Reorders the items of a list by drag: with a mouse, a pen, or a finger that rests on an item first.
 * The item follows the pointer without a render; only a new target place causes one.
 * @param list Its first `count` children are the items.
 */
export function useReorder(
  list: RefObject<HTMLElement | null>,
  count: number,
  onMove: (from: number, to: number) => void,
) {
  const press = useRef<Press>(undefined);
  const wasDragged = useRef(false);
  const [drag, setDrag] = useState<{ from: number; to: number }>();

  const begin = () => {
    const current = press.current;
    if (!current || current.start || !list.current) return;
    clearTimeout(current.hold);
    const items = [...list.current.children].slice(0, count);
    current.start = {
      pointer: current.from,
      list: list.current.getBoundingClientRect(),
      centres: items.map((item) => middleOf(item.getBoundingClientRect())),
    };
    current.item.setPointerCapture(current.pointerId);
    wasDragged.current = true;
    setDrag({ from: current.index, to: current.index });
  };
  const follow = () => {
    const current = press.current;
    if (!current?.start || !list.current) return;
    const { by, to } = dragTo(current.start, current.at, list.current.getBoundingClientRect());
    current.item.style.translate = `${by.x}px ${by.y}px`;
    setDrag((known) => (known && known.to !== to ? { ...known, to } : known));
  };
  const end = () => {
    const current = press.current;
    press.current = undefined;
    if (!current) return;
    clearTimeout(current.hold);
    current.item.style.translate = '';
    setDrag(undefined);
  };

  useEffect(() => {
    const element = list.current;
    // A finger that drags must not scroll as well. React's own listeners cannot prevent that.
    const keep = (event: TouchEvent) => press.current?.start && event.preventDefault();
    const cancel = ({ key }: KeyboardEvent) => key === 'Escape' && end();
    element?.addEventListener('touchmove', keep, { passive: false });
    document.addEventListener('keydown', cancel);
    // A wheel scrolls the list under a pointer that rests.
    document.addEventListener('scroll', follow, true);
    return () => {
      element?.removeEventListener('touchmove', keep);
      document.removeEventListener('keydown', cancel);
      document.removeEventListener('scroll', follow, true);
    };
  });

  const handlers = (index: number) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      wasDragged.current = false;
      if (event.button !== 0 || !event.isPrimary) return;
      const { pointerId, clientX: x, clientY: y, currentTarget: item } = event;
      const hold = event.pointerType === 'touch' ? setTimeout(begin, holdMs) : undefined;
      const from = { x, y };
      press.current = { index, pointerId, from, at: from, item, hold, start: undefined };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const current = press.current;
      if (current?.pointerId !== event.pointerId) return;
      current.at = { x: event.clientX, y: event.clientY };
      if (!current.start) {
        const travelled = Math.hypot(current.at.x - current.from.x, current.at.y - current.from.y);
        if (travelled < slackPixels) return;
        if (event.pointerType === 'touch') return end();
        begin();
      }
      follow();
    },
    onPointerUp() {
      if (press.current?.start && drag && drag.from !== drag.to) onMove(drag.from, drag.to);
      end();
    },
    onPointerCancel: end,
    // The click that ends a drag chooses nothing.
    onClickCapture(event: { stopPropagation: () => void; preventDefault: () => void }) {
      if (!wasDragged.current) return;
      event.stopPropagation();
      event.preventDefault();
    },
    onContextMenu(event: { preventDefault: () => void }) {
      if (press.current?.hold !== undefined) event.preventDefault();
    },
  });

  return { drag, handlers };
}

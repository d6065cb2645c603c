import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** So far a mouse moves, in CSS pixels, before it drags; a finger that moves so far scrolls. */
const slackPixels = 6;
/** So long a finger rests on an item before it drags. */
const holdMs = 220;

interface Press {
  index: number;
  pointerId: number;
  x: number;
  y: number;
  item: HTMLElement;
  hold: ReturnType<typeof setTimeout> | undefined;
  /** Where the items are while nothing has moved; undefined until it drags. */
  boxes: DOMRect[] | undefined;
}

/**
 * Puts the items of a list in another order by drag, with a mouse, a pen, or a finger that rests on
 * one first. The item follows the pointer without a render; only a new target place is one.
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
    if (!current || current.boxes) return;
    clearTimeout(current.hold);
    const items = [...(list.current?.children ?? [])].slice(0, count);
    current.boxes = items.map((item) => item.getBoundingClientRect());
    current.item.setPointerCapture(current.pointerId);
    wasDragged.current = true;
    setDrag({ from: current.index, to: current.index });
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
    // A finger that drags must not scroll as well. React's own listeners cannot prevent that.
    const element = list.current;
    const keep = (event: TouchEvent) => press.current?.boxes && event.preventDefault();
    const cancel = ({ key }: KeyboardEvent) => key === 'Escape' && end();
    element?.addEventListener('touchmove', keep, { passive: false });
    document.addEventListener('keydown', cancel);
    return () => {
      element?.removeEventListener('touchmove', keep);
      document.removeEventListener('keydown', cancel);
    };
  });

  const handlers = (index: number) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      wasDragged.current = false;
      if (event.button !== 0 || !event.isPrimary) return;
      const { pointerId, clientX: x, clientY: y, currentTarget: item } = event;
      const hold = event.pointerType === 'touch' ? setTimeout(begin, holdMs) : undefined;
      press.current = { index, pointerId, x, y, item, hold, boxes: undefined };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const current = press.current;
      if (current?.pointerId !== event.pointerId) return;
      const [right, down] = [event.clientX - current.x, event.clientY - current.y];
      if (!current.boxes) {
        if (Math.hypot(right, down) < slackPixels) return;
        if (event.pointerType === 'touch') return end();
        begin();
      }
      current.item.style.translate = `${right}px ${down}px`;
      const to = nearest(current.boxes ?? [], { x: event.clientX, y: event.clientY });
      setDrag((known) => (known && known.to !== to ? { ...known, to } : known));
    },
    onPointerUp() {
      if (press.current?.boxes && drag && drag.from !== drag.to) onMove(drag.from, drag.to);
      end();
    },
    onPointerCancel: end,
    // What ends a drag is no click.
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

function nearest(boxes: readonly DOMRect[], { x, y }: { x: number; y: number }): number {
  const distances = boxes.map((box) =>
    Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y),
  );
  return distances.indexOf(Math.min(...distances));
}

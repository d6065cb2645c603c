import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * The one item of a list that the Tab key reaches, known by its key, so that it stays the same when
 * others come before it. The focus is never lost: if its item goes, the next in its place has it.
 */
export function useRovingItem({
  list,
  count,
  initial,
  itemKey,
}: {
  list: RefObject<HTMLElement | null>;
  count: number;
  initial: number;
  itemKey: (index: number) => string;
}) {
  const [active, setActive] = useState({ index: initial, key: '' });
  const mustFocus = useRef(false);
  const hasFocus = useRef(false);

  useLayoutEffect(() => {
    const isLost = hasFocus.current && document.activeElement === document.body;
    if (!mustFocus.current && !isLost) return;
    mustFocus.current = false;
    const item = list.current?.querySelector<HTMLElement>('[tabindex="0"]');
    item?.focus({ preventScroll: true });
  });

  const choose = (index: number) => setActive({ index, key: itemKey(index) });
  return {
    index: placeOf(active, { count, itemKey }),
    choose,
    /** Brings the focus there as well. */
    focus(index: number) {
      mustFocus.current = true;
      choose(index);
    },
    hasFocus: () => hasFocus.current,
    handlers: {
      onFocus: () => {
        hasFocus.current = true;
      },
      // Not heard when the focused item goes, which is how that is told apart.
      onBlur: () => {
        hasFocus.current = false;
      },
    },
  };
}

/** Where the active item is now: others may have come before it, or gone. */
function placeOf(
  { index, key }: { index: number; key: string },
  { count, itemKey }: { count: number; itemKey: (index: number) => string },
): number {
  const place = Math.min(index, Math.max(0, count - 1));
  if (key === '' || count === 0 || itemKey(place) === key) return place;
  for (let other = 0; other < count; other++) if (itemKey(other) === key) return other;
  return place;
}

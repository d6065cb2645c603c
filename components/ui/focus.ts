import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Gives an element the focus when what had it in there has gone, so that it is never lost. */
export function useKeepFocus(element: RefObject<HTMLElement | null>) {
  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    if (!hasFocus.current || document.activeElement !== document.body) return;
    element.current?.focus({ preventScroll: true });
  });
  return {
    onFocus: () => {
      hasFocus.current = true;
    },
    // Not heard when what has the focus goes, which is how that is told apart.
    onBlur: () => {
      hasFocus.current = false;
    },
  };
}

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

/** Where a key leads in a list, whichever way the list lies; undefined where it leads nowhere. */
export function listStep({
  event: { key, ctrlKey, metaKey, altKey, shiftKey },
  index,
  count,
  page,
}: {
  event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };
  index: number;
  count: number;
  /** How many items a page key passes. */
  page: number;
}): number | undefined {
  if (ctrlKey || metaKey || altKey || shiftKey || count === 0) return undefined;
  const to = {
    ArrowUp: index - 1,
    ArrowLeft: index - 1,
    ArrowDown: index + 1,
    ArrowRight: index + 1,
    PageUp: index - page,
    PageDown: index + page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}

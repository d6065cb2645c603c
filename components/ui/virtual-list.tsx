'use client';
import {
  type KeyboardEvent,
  type ReactNode,
  type UIEvent,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { listStep, useRovingItem } from './focus';
import { useElementSize } from './viewport';
import { equalItems, scrollToShow, visibleWindow } from './visible-window';

const overscan = 4;

/**
 * A list of equal items of which only those in view are in the page, however many there are. It is
 * one stop of the Tab key; arrow keys, Home, End and the page keys go from item to item.
 */
export function VirtualList({
  count,
  itemExtent,
  orientation,
  label,
  selectedIndex,
  itemKey = String,
  itemLabel,
  testId,
  className = '',
  renderItem,
  renderBeside,
  onSelect,
  onItemKey,
  onVisible,
}: {
  count: number;
  /** Height of an item in a vertical list, width in a horizontal one, with its gap; in pixels. */
  itemExtent: number;
  orientation: 'vertical' | 'horizontal';
  label: string;
  selectedIndex: number | null;
  /** By what an item is known, so that it stays the same one when others come before it. */
  itemKey?: (index: number) => string;
  /** Read out for an item, where what it shows is not words enough. */
  itemLabel?: (index: number) => string;
  testId?: string;
  className?: string;
  renderItem: (index: number) => ReactNode;
  /** What stands in an item's place beside its button, such as further buttons. */
  renderBeside?: (index: number) => ReactNode;
  onSelect: (index: number) => void;
  /** Told a key that was pressed on an item, before the list looks at it. */
  onItemKey?: (event: KeyboardEvent, index: number) => void;
  /** Told what is in view, to fetch it. */
  onVisible?: (first: number, last: number) => void;
}) {
  const isVertical = orientation === 'vertical';
  const scroller = useRef<HTMLDivElement>(null);
  const size = useElementSize(scroller);
  const viewport = (isVertical ? size?.height : size?.width) ?? 0;
  const [scroll, setScroll] = useState(0);
  const roving = useRovingItem({ list: scroller, count, initial: selectedIndex ?? 0, itemKey });
  const current = roving.index;
  const items = equalItems(count, itemExtent);
  const { first, last } = visibleWindow({ scroll, viewport, items, overscan });
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
  // Always there, even out of view: the Tab key must find it, and the focus must not vanish.
  if (current < first && count > 0) shown.unshift(current);
  if (current > last && count > 0) shown.push(current);

  const tell = useEffectEvent((from: number, to: number) => onVisible?.(from, to));
  useEffect(() => {
    if (last >= first) tell(first, last);
  }, [first, last]);

  const show = (index: number) => {
    const element = scroller.current;
    if (!element) return;
    const now = isVertical ? element.scrollTop : element.scrollLeft;
    const next = scrollToShow({ index, scroll: now, viewport, items });
    if (next === now) return;
    element.scrollTo(isVertical ? { top: next } : { left: next });
    setScroll(next);
  };
  // What was chosen elsewhere comes into view here; but nothing moves under somebody's hands.
  const follow = useEffectEvent(() => {
    if (selectedIndex === null || roving.hasFocus()) return;
    roving.choose(selectedIndex);
    show(selectedIndex);
  });
  const selectedKey = selectedIndex === null ? null : itemKey(selectedIndex);
  const isMeasured = viewport > 0;
  useEffect(() => {
    if (selectedKey !== null && isMeasured) follow();
  }, [selectedKey, isMeasured]);

  const onKeyDown = (event: KeyboardEvent) => {
    // What stands beside an item has keys of its own.
    if (!(event.target as Element).matches('[data-item]')) return;
    onItemKey?.(event, current);
    if (event.defaultPrevented) return;
    const page = Math.max(1, Math.floor(viewport / itemExtent) - 1);
    const next = listStep({ event, index: current, count, page });
    if (next === undefined) return;
    event.preventDefault();
    roving.focus(next);
    show(next);
  };

  const extent = count * itemExtent;
  return (
    <div
      ref={scroller}
      onScroll={({ currentTarget }: UIEvent<HTMLElement>) =>
        setScroll(isVertical ? currentTarget.scrollTop : currentTarget.scrollLeft)
      }
      className={`relative overscroll-contain [overflow-anchor:none] [scrollbar-width:thin] ${isVertical ? 'overflow-y-auto' : 'overflow-x-auto'} ${className}`}
    >
      <ul
        aria-label={label}
        {...roving.handlers}
        onKeyDown={onKeyDown}
        style={isVertical ? { height: extent } : { width: extent }}
        className={`relative ${isVertical ? 'w-full' : 'h-full'}`}
      >
        {shown.map((index) => (
          <li
            key={itemKey(index)}
            aria-setsize={count}
            aria-posinset={index + 1}
            style={
              isVertical
                ? { top: index * itemExtent, height: itemExtent }
                : { left: index * itemExtent, width: itemExtent }
            }
            className={`group/place absolute ${isVertical ? 'inset-x-0' : 'inset-y-0'}`}
          >
            <button
              type="button"
              data-item
              data-testid={testId}
              tabIndex={index === current ? 0 : -1}
              aria-label={itemLabel?.(index)}
              aria-current={index === selectedIndex || undefined}
              onClick={() => onSelect(index)}
              onFocus={() => {
                roving.choose(index);
                show(index);
              }}
              className="group/item block size-full rounded-small outline-none"
            >
              {renderItem(index)}
            </button>
            {renderBeside?.(index)}
          </li>
        ))}
      </ul>
    </div>
  );
}

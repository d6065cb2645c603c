/** The items of a long list that are to be there, both ends included; none where `last` < `first`. */
export interface VisibleWindow {
  first: number;
  last: number;
}

/** Which items of a list of equal ones are in view, and a few more on either side. */
export function visibleWindow({
  scroll,
  viewport,
  itemExtent,
  count,
  overscan = 0,
}: {
  /** How far the list is scrolled, in pixels; browsers go below 0 when they bounce. */
  scroll: number;
  viewport: number;
  itemExtent: number;
  count: number;
  overscan?: number;
}): VisibleWindow {
  const start = Math.min(Math.max(0, scroll), Math.max(0, count * itemExtent - viewport));
  const first = Math.floor(start / itemExtent);
  const last = Math.ceil((start + viewport) / itemExtent) - 1;
  return { first: Math.max(0, first - overscan), last: Math.min(count - 1, last + overscan) };
}

/** How far to scroll so that an item is in view: as little as needed. */
export function scrollToShow({
  index,
  scroll,
  viewport,
  itemExtent,
}: {
  index: number;
  scroll: number;
  viewport: number;
  itemExtent: number;
}): number {
  const start = index * itemExtent;
  const end = start + itemExtent;
  if (start < scroll || itemExtent > viewport) return start;
  return end > scroll + viewport ? end - viewport : scroll;
}

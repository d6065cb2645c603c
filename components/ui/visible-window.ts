/** The items of a long list that are to be there, both ends included; none where `last` < `first`. */
export interface VisibleWindow {
  first: number;
  last: number;
}

/** Where the items of a list begin, in pixels; for `count` itself, where the list ends. */
export interface ItemPlaces {
  count: number;
  startOf: (index: number) => number;
}

/** The places of items that are all alike. */
export function equalItems(count: number, extent: number): ItemPlaces {
  return { count, startOf: (index) => index * extent };
}

/** Which items of a list are in view, and a few more on either side. */
export function visibleWindow({
  scroll,
  viewport,
  items: { count, startOf },
  overscan = 0,
}: {
  /** How far the list is scrolled, in pixels; browsers go below 0 when they bounce. */
  scroll: number;
  viewport: number;
  items: ItemPlaces;
  overscan?: number;
}): VisibleWindow {
  const start = Math.min(Math.max(0, scroll), Math.max(0, startOf(count) - viewport));
  const end = start + viewport;
  // The items that begin in or before the view, less those that end before it.
  const first = firstIndex(count, (index) => startOf(index + 1) > start);
  const last = firstIndex(count, (index) => startOf(index) >= end) - 1;
  return { first: Math.max(0, first - overscan), last: Math.min(count - 1, last + overscan) };
}

/** How far to scroll so that an item is in view: as little as needed. */
export function scrollToShow({
  index,
  scroll,
  viewport,
  items: { startOf },
}: {
  index: number;
  scroll: number;
  viewport: number;
  items: ItemPlaces;
}): number {
  const start = startOf(index);
  const end = startOf(index + 1);
  if (start < scroll || end - start > viewport) return start;
  return end > scroll + viewport ? end - viewport : scroll;
}

/** The first index from 0 on that holds, where all after one that holds do too; `count` if none does. */
function firstIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

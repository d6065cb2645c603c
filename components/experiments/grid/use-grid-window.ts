import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { tilePictures } from '@/lib/client/gallery/tile-pictures';
import type { Grid } from '@/lib/core/experiments/grid';
import { isTooFast, type ScrollSamples, withSample } from '@/lib/core/gallery/scroll-speed';
import { useElementSize, useIsWide } from '../../ui/viewport';
import {
  equalItems,
  scrollToShow,
  type VisibleWindow,
  visibleWindow,
} from '../../ui/visible-window';
import { labelHeight } from './grid-labels';

const gap = 10;
const labelWidth = 150;
const overscan = 1;
/** The view is told apart in steps of so many pixels: each step renders the grid again. */
const scrollStep = 100;
/** After so long without an event the grid stands still. */
const stillMs = 120;

/** Where the cells of a grid stand, in CSS pixels. */
export interface GridPlaces {
  /** Of the labels beside and above the cells. */
  left: number;
  top: number;
  /** Of a cell. */
  side: number;
  /** From one column, or row, to the next. */
  step: number;
  rowStep: number;
  /** Beside a cell that fills the window. */
  inset: number;
}

/**
 * Where the cells of a grid stand, and which of them are in view. On a phone one column fills the window, a swipe
 * brings the next, and the page is scrolled from row to row: a box of its own would hold the finger fast.
 * @param size of a cell, where it can be chosen
 */
export function useGridWindow(
  scroller: RefObject<HTMLDivElement | null>,
  grid: Grid,
  size: number,
) {
  const isWide = useIsWide();
  const { width = 0, height = 0 } = useElementSize(scroller) ?? {};
  const [scroll, setScroll] = useState({ top: 0, left: 0 });
  /** As it was heard last: to ask the element would lay out the page. */
  const at = useRef({ top: 0, left: 0 });
  const samples = useRef<ScrollSamples>([]);
  const stillTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(stillTimer.current);
      tilePictures.hold(false);
    },
    [],
  );
  const side = isWide ? size : Math.max(120, width - 2 * gap);
  // Of the lines above a cell that say its row.
  const captions = isWide ? 0 : grid.rowLabels.length * labelHeight;
  const places: GridPlaces = {
    left: grid.rowLabels.length === 0 || !isWide ? 0 : labelWidth,
    top: isWide ? grid.columnLabels.length * labelHeight : 0,
    side,
    step: side + gap,
    rowStep: side + gap + captions,
    inset: isWide ? 0 : gap,
  };
  const rows = equalItems(grid.rows, places.rowStep);
  const columns = equalItems(grid.columns, places.step);
  const viewHeight = isWide ? height : globalThis.innerHeight;
  const [down, across] = [Math.max(0, viewHeight - places.top), Math.max(0, width - places.left)];
  const viewOf = (items: typeof rows, from: number, viewport: number): VisibleWindow =>
    width > 0
      ? visibleWindow({ scroll: from, viewport: viewport + scrollStep, items, overscan })
      : { first: 0, last: -1 };
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const top = isWide ? element.scrollTop : belowTop(element, pageOf(element));
    const left = element.scrollLeft;
    at.current = { top, left };
    samples.current = withSample(samples.current, { at: performance.now(), top: top + left });
    tilePictures.hold(isTooFast(samples.current, Math.max(down, across)));
    const next = { top: inSteps(top), left: inSteps(left) };
    setScroll((last) => (last.top === next.top && last.left === next.left ? last : next));
    clearTimeout(stillTimer.current);
    stillTimer.current = setTimeout(() => {
      samples.current = [];
      tilePictures.hold(false);
    }, stillMs);
  };
  const hear = useEffectEvent(onScroll);
  useEffect(() => {
    const page = !isWide && scroller.current && pageOf(scroller.current);
    if (!page) return;
    const listen = () => hear();
    page.addEventListener('scroll', listen, { passive: true });
    return () => page.removeEventListener('scroll', listen);
  }, [isWide, scroller]);
  return {
    isWide,
    places,
    inRows: viewOf(rows, scroll.top, down),
    inColumns: viewOf(columns, scroll.left, across),
    /** On a phone: the column that fills the window. */
    column: Math.min(grid.columns - 1, Math.round(scroll.left / places.step)),
    onScroll,
    /** How far a cell is from the middle of the view. */
    distance(left: number, top: number): number {
      const x = left - at.current.left - places.left - across / 2;
      const y = top - at.current.top - places.top - down / 2;
      return Math.hypot(x + side / 2, y + side / 2);
    },
    /** Scrolls so far that a cell is in view. */
    show({ row, column }: { row: number; column: number }) {
      const element = scroller.current;
      if (!element) return;
      const page = isWide ? element : pageOf(element);
      const from = isWide ? element.scrollTop : belowTop(element, page);
      const viewport = isWide ? down : page.clientHeight - labelHeight;
      const to = scrollToShow({ index: row, scroll: from, viewport, items: rows });
      page.scrollBy({ top: to - from });
      element.scrollTo({
        left: scrollToShow({
          index: column,
          scroll: element.scrollLeft,
          viewport: across,
          items: columns,
        }),
      });
    },
  };
}

/** What scrolls around the grid. */
function pageOf(element: Element): Element {
  return element.closest('main') ?? document.documentElement;
}

/** How far the grid is scrolled out at the top of the page, below the line that says the column. */
function belowTop(element: Element, page: Element): number {
  const [grid, view] = [element, page].map((one) => one.getBoundingClientRect().top);
  return (view ?? 0) + labelHeight - (grid ?? 0);
}

function inSteps(place: number): number {
  return Math.floor(place / scrollStep) * scrollStep;
}

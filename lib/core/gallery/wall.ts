import { dayOf } from './day';

/** A row of a wall: the name of a day, or tiles. Everything is in CSS pixels. */
export interface WallRow {
  top: number;
  height: number;
  /** The day of a heading (`2026-11-28`); undefined for a row of tiles. */
  day?: string;
  /** The tiles from `first` to before `end`; none in a heading. */
  first: number;
  end: number;
}

/** Where everything on a wall is. Tiles go from left to right, row by row, newest first. */
export interface Wall {
  rows: readonly WallRow[];
  /** Left edges and widths of the tiles, by their index. */
  lefts: Float64Array;
  widths: Float64Array;
  /** The row that each tile is in, by its index. */
  rowOf: Uint32Array;
  height: number;
}

/** What is laid out: when it was made (ms since 1970), and width by height. */
export interface WallItem {
  at: number;
  aspect: number;
}

export interface WallMeasures {
  width: number;
  gap: number;
  /** The height of a day's heading, with the gap below it. */
  headingHeight: number;
  /** `rows`: as high as this at most; `columns`: as many squares side by side. */
  fit: { rows: number } | { columns: number };
}

/**
 * Lays items out by day. Rows are justified: each is filled with whole pictures to the full width,
 * except for a day's last one, which would be stretched too high.
 */
export function layOut(items: readonly WallItem[], measures: WallMeasures): Wall {
  const { gap, headingHeight } = measures;
  const width = Math.max(1, measures.width);
  const rows: WallRow[] = [];
  const lefts = new Float64Array(items.length);
  const widths = new Float64Array(items.length);
  const rowOf = new Uint32Array(items.length);
  let top = 0;
  let day: string | undefined;
  let first = 0;
  while (first < items.length) {
    const its = dayOf(items[first]?.at ?? 0);
    if (its !== day) {
      day = its;
      rows.push({ top, height: headingHeight, day, first, end: first });
      top += headingHeight;
    }
    const { end, height, isFull } = fillRow(items, { first, day, width, measures });
    const free = Math.max(1, width - gap * (end - first - 1));
    let aspects = 0;
    for (let index = first; index < end; index++) aspects += itemAspect(items[index], measures);
    const used = isFull ? free : Math.min(free, aspects * height);
    let before = 0;
    for (let index = first; index < end; index++) {
      // Rounded edges instead of rounded widths, so that a full row ends at the wall's edge.
      const left = Math.round((before / aspects) * used);
      before += itemAspect(items[index], measures);
      lefts[index] = left + gap * (index - first);
      widths[index] = Math.max(1, Math.round((before / aspects) * used) - left);
      rowOf[index] = rows.length;
    }
    rows.push({ top, height, first, end });
    top += height + gap;
    first = end;
  }
  return { rows, lefts, widths, rowOf, height: top };
}

/** The place of a tile on its wall. */
export interface TileBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where a tile is; undefined if there is none of that index. */
export function boxOf(wall: Wall, index: number): TileBox | undefined {
  const row = wall.rows[wall.rowOf[index] ?? -1];
  const left = wall.lefts[index];
  const width = wall.widths[index];
  if (!row || left === undefined || width === undefined) return undefined;
  return { left, top: row.top, width, height: row.height };
}

/** The tiles that a box touches. The box may be drawn in any direction and beyond the wall. */
export function tilesIn(wall: Wall, box: TileBox): number[] {
  const found: number[] = [];
  const bottom = box.top + box.height;
  const right = box.left + box.width;
  for (let row = rowAt(wall, box.top); row < wall.rows.length; row++) {
    const { top, height, first, end } = wall.rows[row] ?? { top: 0, height: 0, first: 0, end: 0 };
    if (top > bottom) break;
    if (top + height < box.top) continue;
    for (let index = first; index < end; index++) {
      const left = wall.lefts[index] ?? 0;
      if (left <= right && left + (wall.widths[index] ?? 0) >= box.left) found.push(index);
    }
  }
  return found;
}

/** The last row that begins at a height or above it; 0 above all. */
export function rowAt({ rows }: Pick<Wall, 'rows'>, height: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((rows[middle]?.top ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

function itemAspect(item: WallItem | undefined, { fit }: WallMeasures): number {
  return 'columns' in fit ? 1 : (item?.aspect ?? 1);
}

function fillRow(
  items: readonly WallItem[],
  {
    first,
    day,
    width,
    measures,
  }: { first: number; day: string; width: number; measures: WallMeasures },
): { end: number; height: number; isFull: boolean } {
  const { fit, gap } = measures;
  if ('columns' in fit) {
    let end = first;
    while (end < items.length && end - first < fit.columns && isOf(items[end], day)) end++;
    const side = Math.floor((width - gap * (fit.columns - 1)) / fit.columns);
    return { end, height: Math.max(1, side), isFull: false };
  }
  let aspects = 0;
  let end = first;
  while (end < items.length && isOf(items[end], day)) {
    aspects += items[end]?.aspect ?? 1;
    end++;
    const height = (width - gap * (end - first - 1)) / aspects;
    if (height <= fit.rows) {
      return { end, height: Math.max(1, Math.round(height)), isFull: true };
    }
  }
  return { end, height: fit.rows, isFull: false };
}

function isOf(item: WallItem | undefined, day: string): boolean {
  return item !== undefined && dayOf(item.at) === day;
}

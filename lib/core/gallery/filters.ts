import { isWithin, recentDays, spanOf } from './date-filter';
import { monthOf } from './day';
import { foldText } from './fold-text';
import type { Tile } from './tiles';

/** What people say of a picture, by its hash, so that it holds for the picture in every run. */
export interface PictureMark {
  isStarred: boolean;
  tags: readonly string[];
  /** The ids of collections. */
  collections: readonly string[];
}

/** By what a gallery is filtered; one value of each at most. */
export const filterKinds = [
  'origin',
  'model',
  'shape',
  'date',
  'starred',
  'failed',
  'tag',
  'collection',
] as const;
export type FilterKind = (typeof filterKinds)[number];

/** The chosen filters; `yes` where there is nothing to choose from. */
export type Filters = Partial<Record<FilterKind, string>>;

/** Everything that decides what is found. */
export interface Search extends Filters {
  /** Every word of it is to be found. */
  words?: string;
}

/** How many tiles would be found with each value, the other filters staying as they are. */
export type FilterCounts = Record<FilterKind, ReadonlyMap<string, number>>;

export type PictureShape = 'wide' | 'square' | 'tall';

/** Widths up to a twentieth more or less than the height count as a square. */
export function pictureShape({ picture }: Pick<Tile, 'picture'>): PictureShape | undefined {
  if (!picture?.width || !picture.height) return undefined;
  const aspect = picture.width / picture.height;
  if (aspect > 1.05) return 'wide';
  return aspect < 1 / 1.05 ? 'tall' : 'square';
}

/**
 * The tiles that a search finds, in their order, and the counts beside its filters.
 * @param now by this browser's clock, in ms since 1970, for what is counted back from today
 */
export function searchTiles(
  tiles: readonly Tile[],
  search: Search,
  { markOf, now }: { markOf: (hash: string) => PictureMark | undefined; now: number },
): { found: Tile[]; counts: FilterCounts } {
  const hasWords = wordMatcher(search.words ?? '');
  const dates = dateFilters(search.date, now);
  const chosen = filterKinds.filter((kind) => search[kind] !== undefined);
  const counts = emptyCounts();
  const found: Tile[] = [];
  for (const tile of tiles) {
    const mark = tile.picture ? markOf(tile.picture.hash) : undefined;
    if (!hasWords(tile, mark)) continue;
    const pairs = pairsOf(tile, mark);
    const dated = dates.filter(({ span }) => isWithin(span, tile.card.at));
    const has = (kind: FilterKind) =>
      kind === 'date'
        ? dated.some(({ value }) => value === search.date)
        : pairs.some(([its, value]) => its === kind && value === search[kind]);
    const failing = chosen.filter((kind) => !has(kind));
    if (failing.length === 0) found.push(tile);
    if (failing.length > 1) continue;
    // With another value of the one filter that leaves it out it would be found.
    const [only] = failing;
    const count = (kind: FilterKind, value: string) =>
      counts[kind].set(value, (counts[kind].get(value) ?? 0) + 1);
    for (const [kind, value] of pairs) {
      if (only === undefined || kind === only) count(kind, value);
    }
    if (only !== undefined && only !== 'date') continue;
    const month = monthOf(tile.card.at);
    count('date', month);
    for (const { value } of dated) if (value !== month) count('date', value);
  }
  return { found, counts };
}

/** The values of the filter by date beside the months: those that all share, and what is chosen. */
function dateFilters(chosen: string | undefined, now: number) {
  const values = new Set([...Object.keys(recentDays), ...(chosen === undefined ? [] : [chosen])]);
  return [...values].map((value) => ({ value, span: spanOf(value, now) }));
}

/** Whether a search leaves anything out. */
export function isSearching(search: Search): boolean {
  return foldText(search.words ?? '') !== '' || filterKinds.some((kind) => search[kind]);
}

/** The search without one of its filters, or without its words. */
export function withoutFilter(search: Search, kind: FilterKind | 'words'): Search {
  const { [kind]: _gone, ...rest } = search;
  return rest;
}

// Every word as a part of the text, so that scripts without spaces are found as well.
function wordMatcher(text: string): (tile: Tile, mark: PictureMark | undefined) => boolean {
  const words = foldText(text).split(' ').filter(Boolean);
  if (words.length === 0) return () => true;
  let last: { card: Tile['card']; missing: string[] } | undefined;
  return ({ card }, mark) => {
    // The tiles of a card stand next to each other.
    if (last?.card !== card) {
      last = { card, missing: words.filter((word) => !card.words.includes(word)) };
    }
    if (last.missing.length === 0) return true;
    const tags = (mark?.tags ?? []).map(foldText);
    return last.missing.every((word) => tags.some((tag) => tag.includes(word)));
  };
}

type Pair = readonly [kind: FilterKind, value: string];

// Each key of a search goes through all tiles, of which most stay the same.
const fixedPairs = new WeakMap<Tile, readonly Pair[]>();

/** Every value that a tile has for a filter. */
function pairsOf(tile: Tile, mark: PictureMark | undefined): readonly Pair[] {
  const known = fixedPairs.get(tile) ?? readPairs(tile);
  fixedPairs.set(tile, known);
  if (!mark) return known;
  return [
    ...known,
    ...(mark.isStarred ? ([['starred', 'yes']] as const) : []),
    ...mark.tags.map((tag): Pair => ['tag', tag]),
    ...mark.collections.map((id): Pair => ['collection', id]),
  ];
}

function readPairs(tile: Tile): readonly Pair[] {
  const { origin, model, state } = tile.card;
  const shape = pictureShape(tile);
  const pairs: Pair[] = [['origin', origin]];
  if (model !== null) pairs.push(['model', model]);
  if (shape) pairs.push(['shape', shape]);
  if (state === 'failed' || state === 'cancelled') pairs.push(['failed', 'yes']);
  return pairs;
}

function emptyCounts(): Record<FilterKind, Map<string, number>> {
  return {
    origin: new Map(),
    model: new Map(),
    shape: new Map(),
    date: new Map(),
    starred: new Map(),
    failed: new Map(),
    tag: new Map(),
    collection: new Map(),
  };
}

import { hasDay, recentDays } from './date-filter';
import { dayOf } from './day';
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
  'experiment',
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
 * @param madeOn the page from whose form an experiment was sent; undefined: it has its own page
 */
export function searchTiles(
  tiles: readonly Tile[],
  search: Search,
  {
    markOf,
    now,
    madeOn = () => undefined,
  }: {
    markOf: (hash: string) => PictureMark | undefined;
    now: number;
    madeOn?: (experiment: string) => string | undefined;
  },
): { found: Tile[]; counts: FilterCounts } {
  const hasWords = wordMatcher(search.words ?? '');
  const chosen = filterKinds.filter((kind) => search[kind] !== undefined);
  const dates = [...Object.keys(recentDays), ...(search.date === undefined ? [] : [search.date])];
  const found: Tile[] = [];
  // Thousands of tiles have few traits: everything but the words is looked up once for each of these.
  const tallies = new Map<
    Traits,
    { pairs: readonly Pair[]; failing: FilterKind[]; count: number }
  >();
  for (const tile of tiles) {
    const mark = tile.picture ? markOf(tile.picture.hash) : undefined;
    if (!hasWords(tile, mark)) continue;
    const traits = traitsOf(tile, mark);
    let tally = tallies.get(traits);
    if (!tally) {
      const pairs = [
        ...traits.pairs,
        originPair(traits, madeOn),
        ...datePairs(traits.day, dates, now),
      ];
      const lacks = (kind: FilterKind) =>
        !pairs.some(([its, value]) => its === kind && value === search[kind]);
      tally = { pairs, failing: chosen.filter(lacks), count: 0 };
      tallies.set(traits, tally);
    }
    tally.count++;
    if (tally.failing.length === 0) found.push(tile);
  }
  const counts = emptyCounts();
  for (const { pairs, failing, count } of tallies.values()) {
    // With another value of the one filter that leaves them out they would be found.
    const [only] = failing;
    if (failing.length > 1) continue;
    for (const [kind, value] of pairs) {
      if (only !== undefined && kind !== only) continue;
      counts[kind].set(value, (counts[kind].get(value) ?? 0) + count);
    }
  }
  return { found, counts };
}

/** The page that a tile was made on: of a cell that of its experiment. */
function originPair(
  { origin, experiment }: Traits,
  madeOn: (experiment: string) => string | undefined,
): Pair {
  return ['origin', experiment === undefined ? origin : (madeOn(experiment) ?? 'experiments')];
}

/** The values of the filter by date that a day has: its month, and those of some others. */
function datePairs(day: string, others: readonly string[], now: number): Pair[] {
  const values = others.filter((value) => hasDay(value, day, now));
  return [...new Set([day.slice(0, 7), ...values])].map((value) => ['date', value]);
}

/** Finds what searches need of tiles, once for all of them. */
export function learnTraits(tiles: readonly Tile[]): void {
  for (const tile of tiles) traitsOf(tile, undefined);
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
    if (!mark || mark.tags.length === 0) return false;
    const tags = mark.tags.map(foldText);
    return last.missing.every((word) => tags.some((tag) => tag.includes(word)));
  };
}

type Pair = readonly [kind: FilterKind, value: string];

/** Everything that a tile is filtered by beside its words. */
interface Traits {
  day: string;
  origin: string;
  experiment?: string;
  pairs: readonly Pair[];
}

// Each key of a search goes through all tiles, of which most stay the same.
const traitsOfTile = new WeakMap<Tile, Traits>();
const knownTraits = new Map<string, Traits>();

function traitsOf(tile: Tile, mark: PictureMark | undefined): Traits {
  let known = traitsOfTile.get(tile);
  if (!known) {
    known = readTraits(tile);
    traitsOfTile.set(tile, known);
  }
  if (!mark) return known;
  const pairs = [
    ...known.pairs,
    ...(mark.isStarred ? ([['starred', 'yes']] as const) : []),
    ...mark.tags.map((tag): Pair => ['tag', tag]),
    ...mark.collections.map((id): Pair => ['collection', id]),
  ];
  return { ...known, pairs };
}

/** The same object for tiles that have the same. */
function readTraits(tile: Tile): Traits {
  const { origin, model, state, at, experiment } = tile.card;
  const day = dayOf(at);
  const shape = pictureShape(tile);
  const isFailed = state === 'failed' || state === 'cancelled';
  const name = `${day}\n${origin}\n${model}\n${shape}\n${isFailed}\n${experiment ?? ''}`;
  const known = knownTraits.get(name);
  if (known) return known;
  const pairs: Pair[] = [];
  if (model !== null) pairs.push(['model', model]);
  if (shape) pairs.push(['shape', shape]);
  if (isFailed) pairs.push(['failed', 'yes']);
  if (experiment !== undefined) pairs.push(['experiment', experiment]);
  const traits = { day, origin, experiment, pairs };
  knownTraits.set(name, traits);
  return traits;
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
    experiment: new Map(),
  };
}

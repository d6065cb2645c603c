import { isInFlight } from '../runs/run-state';
import type { Card, CardPicture } from './card';

/** What a gallery has one place for: a picture, all pictures of a run, or a run that has none. */
export interface Tile {
  /** Names it in the address and across changes: a card's id and a picture's place. */
  key: string;
  card: Card;
  /** The picture that is seen; null for a run that failed or was stopped without one. */
  picture: CardPicture | null;
  /** All pictures that it stands for, the one that is seen first. */
  pictures: readonly CardPicture[];
  /** Of a stack: the tiles in it. */
  tiles?: readonly Tile[];
}

/**
 * The tiles of cards, in their order. A run under way has none, nor one whose pictures are all gone
 * although it ended well.
 */
export function tilesOf(cards: readonly Card[]): Tile[] {
  const tiles: Tile[] = [];
  for (const card of cards) {
    let its = tilesOfCard.get(card);
    if (!its) {
      its = readTiles(card);
      tilesOfCard.set(card, its);
    }
    tiles.push(...its);
  }
  return tiles;
}

// Most cards stay the same when one of thousands changes, and so do their tiles.
const tilesOfCard = new WeakMap<Card, readonly Tile[]>();

function readTiles(card: Card): Tile[] {
  if (isInFlight(card)) return [];
  if (card.pictures.length > 0) return card.pictures.map((picture) => tileOf(card, picture));
  return card.state === 'done'
    ? []
    : [{ key: tileKey(card.id), card, picture: null, pictures: [] }];
}

/**
 * The tiles of what was removed and can be restored: pictures that were taken off a run, and runs that
 * were removed as a whole, which have no place in the list of cards.
 */
export function removedTilesOf(cards: readonly (Card & { order?: number })[]): Tile[] {
  return cards.flatMap((card): Tile[] => {
    const removed = (card.removed ?? []).map((picture) => tileOf(card, picture));
    if (card.order !== undefined) return removed;
    const all = [...tilesOf([card]), ...removed];
    return all.sort((one, other) => (one.picture?.place ?? 0) - (other.picture?.place ?? 0));
  });
}

/** One tile for all tiles of a card, or of an experiment: the first of them. */
export function stacked(tiles: readonly Tile[]): Tile[] {
  const stacks = new Map<Card | string, Tile[]>();
  for (const tile of tiles) {
    const of = tile.card.experiment ?? tile.card;
    const stack = stacks.get(of);
    if (stack) stack.push(tile);
    else stacks.set(of, [tile]);
  }
  return [...stacks.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? [];
    const all = [first, ...others];
    return { ...first, pictures: all.flatMap(({ pictures }) => pictures), tiles: all };
  });
}

/** The tiles of a stack; of one that is none, itself. */
export function tilesIn(tile: Tile): readonly Tile[] {
  return tile.tiles ?? [tile];
}

/** The key of a picture's tile; without a place, of a run that has no picture. */
export function tileKey(cardId: string, place = 0): string {
  return `${cardId}:${place}`;
}

/** What a card that has no picture is marked by. */
export function cardMark(cardId: string): string {
  return `card/${cardId}`;
}

/** What a tile is marked by: the hash of its picture, so that it holds for the picture everywhere; else its card. */
export function markOf({ card, picture }: Pick<Tile, 'card' | 'picture'>): string {
  return picture?.hash ?? cardMark(card.id);
}

/** Width by height, as far as it is known: 1 for what has no size, 3 at most for long ones. */
export function tileAspect({ picture }: Pick<Tile, 'picture'>): number {
  const { width = 1, height = 1 } = picture ?? {};
  const aspect = width / height;
  return aspect > 0 && Number.isFinite(aspect) ? Math.min(3, Math.max(1 / 3, aspect)) : 1;
}

function tileOf(card: Card, picture: CardPicture): Tile {
  return { key: tileKey(card.id, picture.place), card, picture, pictures: [picture] };
}

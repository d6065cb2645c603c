import { defaultPlace, levelsOf } from '../models/lookup';
import type { Model } from '../models/model';
import { shapeOf } from '../sizes/size-shapes';
import {
  checkSize,
  formatSize,
  nearestLegalSizes,
  parseSize,
  type Size,
  type SizeRule,
} from '../sizes/sizes';
import type { ShapeWish } from './experiment';

/** The size that a model gives in place of a wish. */
export interface OwnSize {
  /** As the wire names it: `auto` or `<w>x<h>`. */
  size: string;
  /** The place in the model's table; undefined for a free size and for `auto`. */
  place: { ratio: string; level: string } | undefined;
  /** How it differs from the wish: in its shape (more than 1.5 %), else in its pixels; null: not at all. */
  differs: 'shape' | 'pixels' | null;
}

const levelSides: Record<string, number> = { '1K': 1024, '2K': 2048, '4K': 4096 };
// Logarithms: sizes of one ratio differ by their rounding, those of one level by up to a third.
const sameShape = 0.015;
const roughly = 0.35;
const known = new WeakMap<Model, Map<string, OwnSize>>();

/**
 * The size of a model that is nearest to a wish: that of the table; else of the same ratio, the level
 * nearest in pixels; else nearest in shape. Worked out once for each model and wish: where any size within
 * limits is legal there are tens of thousands to compare.
 */
export function nearestShape(model: Model, wish: ShapeWish): OwnSize {
  const sizes = known.get(model) ?? new Map<string, OwnSize>();
  known.set(model, sizes);
  const name = wishName(wish);
  const own = sizes.get(name) ?? findNearest(model, wish);
  sizes.set(name, own);
  return own;
}

/** A wish as a short text, the same for equal wishes: `auto`, `3:2 2K`, `1500x1000`. */
export function wishName(wish: ShapeWish): string {
  if (wish.kind === 'shape') return `${wish.ratio} ${wish.level}`;
  return wish.kind === 'size' ? wish.size : 'auto';
}

function findNearest(model: Model, wish: ShapeWish): OwnSize {
  const usual = model.sizes.default;
  if (wish.kind === 'auto') {
    const place = usual === 'auto' ? undefined : defaultPlace(model);
    return { size: usual, place, differs: null };
  }
  if (wish.kind === 'size') {
    const wanted = parseSize(wish.size);
    if (!wanted) return { size: usual, place: shapeOf(model, usual), differs: 'shape' };
    return ownSize(model, nearestSize(model, wanted), wanted, false);
  }
  const listed = model.sizes.table[wish.ratio];
  const exact = listed?.[wish.level];
  if (exact !== undefined) {
    const { ratio, level } = wish;
    return { size: exact, place: { ratio, level }, differs: null };
  }
  const wanted = pixelsOf(wish, model);
  const sameRatio = Object.values(listed ?? {}).flatMap((text) => parseSize(text) ?? []);
  const [first] = sameRatio.sort((one, other) => far(one, wanted) - far(other, wanted));
  return ownSize(model, first ?? nearestSize(model, wanted), wanted, true);
}

/**
 * How unlike a size is to a wish, as a logarithm: its shape counts most, then its pixels. What is left to the model is
 * like nothing else.
 * @param own the size that stands for `auto`
 */
export function unlikeness(size: string, wish: ShapeWish, own: string): number {
  if (wish.kind === 'auto') return size === own ? 0 : Number.POSITIVE_INFINITY;
  const its = parseSize(size);
  const wanted = wish.kind === 'size' ? parseSize(wish.size) : pixelsOf(wish);
  if (!its || !wanted) return Number.POSITIVE_INFINITY;
  const turned = turnedBy(its, wanted);
  return (
    (turned > sameShape ? turned * 10 : 0) + (far(its, wanted) < roughly ? 0 : far(its, wanted))
  );
}

/** About how many pixels a ratio has at a level; a level that nothing is known of counts as the model's first. */
function pixelsOf({ ratio, level }: { ratio: string; level: string }, model?: Model): Size {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  const usual = model && levelsOf(model)[0];
  const side = levelSides[level] ?? levelSides[usual ?? ''] ?? 1024;
  const wide = Math.sqrt((across || 1) / (down || 1));
  return {
    width: Math.max(1, Math.round(side * wide)),
    height: Math.max(1, Math.round(side / wide)),
  };
}

function nearestSize({ id, sizes }: Model, wanted: Size): Size {
  // What is named by ratio and level can be named by its table only.
  const rule: SizeRule = sizes.namedBy === 'ratio' ? { ...sizes, legal: 'listed' } : sizes;
  if (checkSize({ rule, value: formatSize(wanted), model: id }).length === 0) return wanted;
  return nearestLegalSizes(rule, wanted).at(-1) ?? wanted;
}

/** @param wanted Of a ratio at a level it is known by and large only. */
function ownSize(model: Model, size: Size, wanted: Size, isRough: boolean): OwnSize {
  const text = formatSize(size);
  const turned = turnedBy(size, wanted);
  const isSame = isRough ? far(size, wanted) < roughly : text === formatSize(wanted);
  const differs = turned > sameShape ? 'shape' : isSame ? null : 'pixels';
  return { size: text, place: shapeOf(model, text), differs };
}

function turnedBy(size: Size, wanted: Size): number {
  return Math.abs(Math.log((size.width * wanted.height) / (size.height * wanted.width)));
}

function far(size: Size, wanted: Size): number {
  return Math.abs(Math.log((size.width * size.height) / (wanted.width * wanted.height)));
}

/** The wish that a size stands for which was chosen at a model: its place in the table, else itself. */
export function wishOfSize(model: Model, size: string): ShapeWish {
  const place = shapeOf(model, size);
  if (place) return { kind: 'shape', ...place };
  return parseSize(size) ? { kind: 'size', size } : { kind: 'auto' };
}

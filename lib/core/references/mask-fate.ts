import type { Reference } from './reference';

/**
 * What becomes of a mask when its picture is the first no more: it `stays` with the picture, which
 * now has another number; or it is put aside with one that was `removed` or `replaced`.
 */
export type MaskFate =
  | { kind: 'stays'; number: number }
  | { kind: 'removed' }
  | { kind: 'replaced' };

/**
 * The fate of the mask of what was the first reference; undefined while that still is the first.
 * @param before The first one, as it was.
 * @param replacedBy The one in its place, if another was put there.
 */
export function maskFate(
  before: Pick<Reference, 'id'>,
  after: readonly Pick<Reference, 'id'>[],
  replacedBy: string | null,
): MaskFate | undefined {
  const place = after.findIndex(({ id }) => id === before.id);
  if (place === 0) return undefined;
  if (place > 0) return { kind: 'stays', number: place + 1 };
  return { kind: replacedBy !== null && after[0]?.id === replacedBy ? 'replaced' : 'removed' };
}

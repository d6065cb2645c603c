import type { ImageHeader } from '../bytes/image-header';
import type { NamedPicture } from '../pictures/stored-picture';
import type { RunPlace } from '../runs/run-entry';

/** A picture that was taken in to be sent along; its bytes are kept under their hash. Plain data. */
export interface Attachment extends NamedPicture {
  /** Unique in the list, which may hold the same picture twice. */
  id: string;
  header: ImageHeader;
  /**
   * Whether the pixels of the file are those that the page shows, as far as a browser can tell that has
   * decoded it; undefined: it was not decoded yet.
   */
  isStoredAsSeen?: boolean;
}

/** Whether other programs find the pixels of a picture's file where the page shows them. */
export function isStoredUpright({
  header,
  isStoredAsSeen = header.orientation === 1,
}: Pick<Attachment, 'header' | 'isStoredAsSeen'>): boolean {
  return isStoredAsSeen;
}

/** A reference picture of the Edit page. The mask that is sent is that of the first one. */
export interface Reference extends Attachment {
  /** The key under which its painted mask is stored. */
  maskId: string;
  /** The run that has made it; null if it came from elsewhere. */
  parent: RunPlace | null;
}

/** The list with one picture moved to another place. */
export function withMoved<T extends { id: string }>(
  list: readonly T[],
  { id, to }: { id: string; to: number },
): readonly T[] {
  const from = list.findIndex((one) => one.id === id);
  const moved = list[from];
  const place = Math.min(list.length - 1, Math.max(0, to));
  if (!moved || place === from) return list;
  const others = list.filter((one) => one !== moved);
  return [...others.slice(0, place), moved, ...others.slice(place)];
}

/**
 * What happens to a mask when its picture is no longer the first: it `stays` with the picture, which
 * now has another number, or is put aside with a picture that was `removed` or `replaced`.
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

const formats: Record<ImageHeader['format'], true> = {
  png: true,
  jpeg: true,
  webp: true,
  gif: true,
  avif: true,
};

/** Reads the references of a stored draft; entries that are not valid are left out. */
export function readReferences(kept: unknown): Reference[] {
  return Array.isArray(kept) ? kept.flatMap((one) => readReference(one) ?? []) : [];
}

function readReference(kept: unknown): Reference | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, hash, name, byteLength, header, maskId, parent, isStoredAsSeen } =
    kept as Partial<Reference>;
  if (typeof id !== 'string' || typeof hash !== 'string' || typeof maskId !== 'string') return;
  if (typeof byteLength !== 'number' || !isHeader(header)) return undefined;
  return {
    id,
    hash,
    name: typeof name === 'string' ? name : '',
    byteLength,
    header,
    ...(typeof isStoredAsSeen === 'boolean' && { isStoredAsSeen }),
    maskId,
    parent: isRunPlace(parent) ? { runId: parent.runId, index: parent.index } : null,
  };
}

function isHeader(kept: ImageHeader | undefined): kept is ImageHeader {
  const isNumber = (value: unknown) => value === undefined || typeof value === 'number';
  return (
    typeof kept === 'object' &&
    kept !== null &&
    Object.hasOwn(formats, kept.format) &&
    isNumber(kept.width) &&
    isNumber(kept.height) &&
    typeof kept.orientation === 'number'
  );
}

function isRunPlace(kept: RunPlace | null | undefined): kept is RunPlace {
  return typeof kept?.runId === 'string' && typeof kept.index === 'number';
}

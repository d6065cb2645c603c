import type { ImageHeader } from '../bytes/image-header';
import type { RunPlace } from '../runs/run-entry';

/** A picture that was taken in to be sent along; its bytes are kept under their hash. Plain data. */
export interface Attachment {
  /** Its own in the list: the same picture may stand there twice. */
  id: string;
  /** SHA-256 of the file, in hex. */
  hash: string;
  /** The file's, for people. */
  name: string;
  byteLength: number;
  header: ImageHeader;
}

/** A reference picture of the Edit page. The mask that is sent is that of the first one. */
export interface Reference extends Attachment {
  /** The mask that was painted on it is kept under this. */
  maskId: string;
  /** The run that has made it; null if it came from elsewhere. */
  parent: RunPlace | null;
}

/** The list with one picture taken to another place. */
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

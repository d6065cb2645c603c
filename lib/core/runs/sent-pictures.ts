import { pictureFileName } from '../pictures/file-name';
import type { NamedPicture, PictureSlot } from '../pictures/stored-picture';
import type { Attachment } from '../references/reference';
import type { RunEntry, RunPlace } from './run-entry';
import { momentOf } from './run-state';

/** One picture of an edit, with the inputs that it was made from. */
export interface EditedPicture {
  original: NamedPicture;
  /** The hash of the mask that was sent; null: none was. */
  mask: string | null;
  result: PictureSlot;
}

/** The picture of an edit at a place on its card; undefined where none is, or for a generation. */
export function editedPicture(
  { edit, slots }: Pick<RunEntry, 'edit' | 'slots'>,
  index: number,
): EditedPicture | undefined {
  const original = edit?.references[0];
  const result = slots[index];
  if (!original || result?.kind !== 'picture') return undefined;
  return { original, mask: edit?.mask?.hash ?? null, result };
}

/** The hashes of a masked edit's inputs and result; null if there was no mask. */
export function maskedHashes(
  edited: EditedPicture | undefined,
): { original: string; mask: string; result: string } | null {
  if (!edited || edited.mask === null) return null;
  const { original, mask, result } = edited;
  return { original: original.hash, mask, result: result.hash };
}

/**
 * A picture of a run as something to be sent along with a further request, under the file name that
 * its download has.
 * @returns undefined for a file that is no picture
 */
export function sentAs({
  run,
  index,
  picture: { hash, byteLength, header },
}: {
  run: RunEntry;
  index: number;
  picture: PictureSlot;
}): (Omit<Attachment, 'id'> & { parent: RunPlace }) | undefined {
  if (!header) return undefined;
  const { prompt } = run.request;
  const name = pictureFileName({ prompt, at: momentOf(run), index, format: header.format });
  return { hash, name, byteLength, header, parent: { runId: run.id, index } };
}

import { pictureFileName } from '../pictures/file-name';
import type { Attachment } from '../references/reference';
import type { PictureSlot, RunEntry, RunPlace } from './run-entry';
import { momentOf } from './run-state';

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

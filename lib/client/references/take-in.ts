import type { IntakeLimits, Refusal } from '../../core/references/intake';
import type { Attachment } from '../../core/references/reference';
import { randomId } from '../browser/random-id';
import { createWorkerLine } from '../browser/worker-line';
import { rememberPicture } from '../pictures/picture-files';
import { reportStorageProblem } from '../storage/storage-status';
import { decideFile } from './decide-file';
import type { ReadAnswer, ReadOrder } from './read-messages';

const readWhole = createWorkerLine<ReadOrder, ReadAnswer>(
  () => new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module' }),
);

/**
 * Takes a file in as a picture: judged by its first bytes, then read whole once, hashed, decoded on
 * trial, and kept in this browser under its hash (`loadPicture`). Where there is no room to keep it,
 * it is there until the page is left, and the page says so.
 */
export async function takeIn({
  file,
  name = file instanceof File ? file.name : '',
  limits,
  room,
}: {
  file: Blob;
  name?: string;
  limits: IntakeLimits;
  /** How many more pictures there is room for. */
  room: number;
}): Promise<{ attachment: Attachment; isKept: boolean } | { refusal: Refusal }> {
  const decision = await decideFile(file, limits, room);
  if ('refusal' in decision) return decision;
  const answer = await readWhole({ file });
  if (!answer) return { refusal: { reason: 'unread' } };
  if ('failure' in answer) return { refusal: { reason: answer.failure } };
  const { hash, unkept } = answer;
  if (unkept) {
    rememberPicture(hash, unkept.blob);
    reportStorageProblem(unkept.problem);
  }
  const { header } = decision;
  const attachment = { id: randomId(), hash, name, byteLength: file.size, header };
  return { attachment, isKept: unkept === null };
}

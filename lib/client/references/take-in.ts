import type { IntakeLimits, Refusal } from '../../core/references/intake';
import type { Attachment } from '../../core/references/reference';
import { randomId } from '../browser/random-id';
import { readPicture } from '../pictures/picture-jobs';
import { decideFile } from './decide-file';

/**
 * Takes in a stranger's file: it is judged by its first bytes, then read once, hashed, decoded on
 * trial, and stored under its hash (`loadPicture`).
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
  /** How many more pictures may be taken in. */
  room: number;
}): Promise<{ attachment: Attachment; isKept: boolean } | { refusal: Refusal }> {
  const decision = await decideFile(file, limits, room);
  if ('refusal' in decision) return decision;
  const read = await readPicture(file).catch(() => ({ failure: 'unread' as const }));
  if ('failure' in read) return { refusal: { reason: read.failure } };
  const { hash, isKept } = read;
  const { header } = decision;
  return { attachment: { id: randomId(), hash, name, byteLength: file.size, header }, isKept };
}

import { randomId } from '../../core/random-id';
import {
  convertedName,
  type IntakeLimits,
  isTooLarge,
  type Offer,
  type Refusal,
} from '../../core/references/intake';
import type { Attachment } from '../../core/references/reference';
import { convertPicture, readPicture } from '../pictures/picture-jobs';
import { decideFile } from './decide-file';

/**
 * Takes in one file: it is judged by its first bytes, then read once, hashed, decoded, measured,
 * and stored under its hash (`loadPicture`).
 * @param room how many more pictures may be taken in
 */
export async function takeIn({
  file,
  name,
  limits,
  room,
}: {
  file: Blob;
  name: string;
  limits: IntakeLimits;
  room: number;
}): Promise<{ attachment: Attachment; isKept: boolean } | { refusal: Refusal }> {
  const decision = await decideFile(file, limits, room);
  if ('refusal' in decision) return decision;
  const read = await readPicture(file);
  if ('failure' in read) return { refusal: { reason: read.failure } };
  const { hash, isKept, measured } = read;
  // Some files unpack to more than their header says.
  const { width = 0, height = 0 } = measured.header;
  if (isTooLarge({ width, height })) return { refusal: { reason: 'pixels', width, height } };
  const attachment = { id: randomId(), hash, name, byteLength: file.size, ...measured };
  return { attachment, isKept };
}

/** A file in another format, at its full size, and its new name; undefined if the browser cannot do it. */
export async function convertFile(
  { file, name }: { file: Blob; name: string },
  to: Offer,
): Promise<{ file: Blob; name: string } | undefined> {
  const converted = await convertPicture(file, to);
  return converted && { file: converted, name: convertedName(name, to) };
}

import type { ImageHeader } from '../../core/bytes/image-header';
import { decideIntake, type IntakeLimits, type Refusal } from '../../core/references/intake';

const headBytes = 128 * 1024;
// In a JPEG, colour profiles and the previews of other programs can precede the picture's size.
const longHeadBytes = 64 * 1024 * 1024;

/**
 * `changed`: the file on the disk is not the one that was chosen, or is gone; `undecodable`: the
 * browser cannot decode it; `unread`: anything else.
 */
export type ReadFailure = 'changed' | 'undecodable' | 'unread';

/** What an error in reading a file says (File API §6.1). */
export function readFailure(error: unknown): ReadFailure {
  const name = error instanceof DOMException ? error.name : '';
  return name === 'NotReadableError' || name === 'NotFoundError' ? 'changed' : 'unread';
}

/**
 * Whether a file is taken in, judged by its first bytes; no more of it is read.
 * @param room how many more pictures may be taken in
 */
export async function decideFile(
  file: Blob,
  limits: IntakeLimits,
  room: number,
): Promise<{ header: ImageHeader } | { refusal: Refusal }> {
  const byteLength = file.size;
  const from = async (bytes: number) => {
    const head = new Uint8Array(await file.slice(0, bytes).arrayBuffer());
    return decideIntake({ byteLength, head, limits, room });
  };
  try {
    const decision = await from(headBytes);
    const isShort = 'refusal' in decision && decision.refusal.reason === 'damaged';
    return isShort && byteLength > headBytes ? await from(longHeadBytes) : decision;
  } catch (error) {
    return { refusal: { reason: readFailure(error) } };
  }
}

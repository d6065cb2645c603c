import type { ImageHeader } from '../../core/bytes/image-header';
import { decideIntake, type IntakeLimits, type Refusal } from '../../core/references/intake';
import { readFailure } from './read-file';

const headBytes = 128 * 1024;
// Colour profiles and previews of other programs can stand before a JPEG's sides.
const longHeadBytes = 8 * 1024 * 1024;

/**
 * Whether a file is taken, as far as its first bytes tell; no more of it is read.
 * @param room How many more pictures there is room for.
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

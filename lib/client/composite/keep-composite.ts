import type { RunPlace } from '../../core/runs/run-entry';
import type { KeptPicture } from '../edit/edit-references';
import { takeIn } from '../references/take-in';

// Whether it may be sent is judged where it is sent; here nothing may be lost.
const anyPng = { max: 1, maxBytes: Number.POSITIVE_INFINITY, formats: ['png'] } as const;

/**
 * Keeps a composite in this browser, to be sent along; undefined if that cannot be.
 * @param parent The picture that it was made of.
 */
export async function keepComposite(
  blob: Blob,
  name: string,
  parent: RunPlace,
): Promise<KeptPicture | undefined> {
  const taken = await takeIn({ file: blob, name, limits: anyPng, room: 1 }).catch(() => undefined);
  if (!taken || 'refusal' in taken) return undefined;
  const { id: _id, ...picture } = taken.attachment;
  return { ...picture, parent };
}

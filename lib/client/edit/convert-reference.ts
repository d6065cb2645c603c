import { randomId } from '../../core/random-id';
import type { IntakeLimits, Offer } from '../../core/references/intake';
import { loadPicture } from '../pictures/picture-files';
import { convertFile } from '../references/take-in';
import { referenceIntake } from './edit-intake';
import { editReferencesStore } from './edit-references';

/** Converts a reference to another format; it keeps its place and its mask. */
export async function convertReference(id: string, to: Offer, limits: IntakeLimits): Promise<void> {
  const reference = editReferencesStore.getState().references.find((one) => one.id === id);
  if (!reference) return;
  const { hash, name, maskId } = reference;
  const file = await loadPicture(hash).catch(() => undefined);
  const converted = file && (await convertFile({ file, name }, to));
  if (converted) {
    const place = { replaces: id, maskFrom: maskId };
    return referenceIntake.enqueue({ ...converted, limits, place });
  }
  const refusal = { reason: 'undecodable' } as const;
  const place = { replaces: id };
  referenceIntake.refuse({ id: randomId(), name, place, file: new Blob(), refusal });
}

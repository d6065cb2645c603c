import type { Reference } from '../../core/references/reference';
import type { MeasuredPicture } from '../pictures/measure-picture';
import { loadPicture } from '../pictures/picture-files';
import { measurePicture } from '../pictures/picture-jobs';
import { editReferencesStore } from './edit-references';

// By the hash of the picture.
const measurements = new Map<string, Promise<MeasuredPicture>>();

/**
 * A reference with what its decoded bitmap says of it. A file that was chosen is measured as it is taken
 * in; this measures pictures that came another way, before a mask is painted over them.
 */
export async function measuredReference(reference: Reference): Promise<Reference> {
  const { id, hash, isStoredAsSeen } = reference;
  if (isStoredAsSeen !== undefined) return reference;
  const measurement = measurements.get(hash) ?? measure(hash);
  measurements.set(hash, measurement);
  const measured = await measurement;
  if (!measured) return reference;
  editReferencesStore.setState(({ references }) => ({
    references: references.map((one) => (one.id === id ? { ...one, ...measured } : one)),
  }));
  return { ...reference, ...measured };
}

async function measure(hash: string): Promise<MeasuredPicture> {
  const picture = await loadPicture(hash).catch(() => undefined);
  if (picture) return measurePicture(picture);
  measurements.delete(hash);
  return undefined;
}

import { formModel } from '../../core/endpoints/image-form';
import type { Model } from '../../core/models/model';
import { editForm } from '../forms/image-forms';
import { createIntakeQueue } from '../references/intake-queue';
import { hydrated } from '../storage/draft-storage';
import {
  addReference,
  editReferencesStore,
  replaceReference,
  toReference,
} from './edit-references';

/** Where a file goes in the list of references. */
interface ReferencePlace {
  /** The id of the reference that it replaces; null: it is added at the end. */
  replaces: string | null;
  /** The mask that is copied for the new reference. */
  maskFrom?: string;
  /** Its position, if it is added elsewhere than at the end. */
  at?: number;
}

/** The files for the references of the Edit page. */
export const referenceIntake = createIntakeQueue<ReferencePlace>({
  // A replacement needs no room of its own.
  room: ({ replaces }, { max }) =>
    replaces === null ? max - editReferencesStore.getState().references.length : 1,
  async add({ replaces, maskFrom, at }, picture, isKept) {
    const reference = toReference(picture);
    if (maskFrom !== undefined) {
      const copies = [{ from: maskFrom, to: reference.maskId }];
      await import('../storage/masks').then(({ copyMasks }) => copyMasks(copies)).catch(() => {});
    }
    if (!isKept) {
      const { hash } = reference;
      editReferencesStore.setState(({ unkept }) => ({ unkept: [...unkept, hash] }));
    }
    if (replaces === null) addReference(reference, at);
    else replaceReference(replaces, reference, { takesMask: maskFrom !== undefined });
  },
});

/** Takes files from another page, as the first references. */
export async function sendFilesToEdit(
  files: readonly File[],
  models: readonly Model[],
): Promise<void> {
  await hydrated(editForm.store);
  await hydrated(editReferencesStore);
  const { form } = editForm.store.getState();
  const limits = formModel({ form, models, endpoint: editForm.endpoint })?.references;
  if (!limits) return;
  for (const [at, file] of files.entries()) {
    referenceIntake.enqueue({ file, name: file.name, limits, place: { replaces: null, at } });
  }
}

import type { RunEntry } from '../../core/runs/run-entry';
import { randomId } from '../browser/random-id';
import { editForm } from '../forms/image-forms';
import {
  editReferencesStore,
  putBackReferences,
  replaceReferences,
  toReference,
} from './edit-references';
import { beginMaskWith } from './first-mask';

/**
 * Takes an edit's settings, pictures and mask into the Edit page, as they were sent. What was there
 * is put aside.
 */
export function reuseEdit({ form, edit }: RunEntry): void {
  if (!edit) {
    editForm.replace(form);
    return;
  }
  const references = edit.references.flatMap(({ header, ...picture }, index) =>
    header
      ? [
          toReference(
            { id: randomId(), header, ...picture },
            { parent: index === 0 ? edit.parent : null },
          ),
        ]
      : [],
  );
  const hadPictures = editReferencesStore.getState().references.length > 0;
  editForm.replace(form, { isAlwaysKept: hadPictures });
  replaceReferences(references);
  const [first] = references;
  if (first && edit.mask) beginMaskWith(first.maskId, edit.mask.hash);
}

/** Brings back what the Edit page held before an earlier edit was taken into it. */
export function undoReuseEdit(): void {
  editForm.restore();
  putBackReferences();
}

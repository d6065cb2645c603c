import type { PictureSlot, RunEntry } from '../../core/runs/run-entry';
import { sentAs } from '../../core/runs/run-pictures';
import { randomId } from '../browser/random-id';
import { editForm } from '../forms/image-forms';
import {
  addFromPicture,
  editReferencesStore,
  type KeptPicture,
  putBackReferences,
  replaceFromPicture,
  replaceReferences,
  toReference,
} from './edit-references';
import { beginMaskWith } from './first-mask';

/**
 * Makes a picture the first reference, in place of the one before, for the next step of a chain.
 * @param keepsMask whether it begins with the mask that its own edit was sent with
 */
export function editNext({
  run,
  index,
  picture,
  keepsMask,
}: {
  run: RunEntry;
  index: number;
  picture: PictureSlot;
  keepsMask: boolean;
}): void {
  const next = sentAs({ run, index, picture });
  if (next) editFirst(next, { mask: (keepsMask && run.edit?.mask?.hash) || null });
}

/**
 * Makes any kept picture the first reference, in place of the one before.
 * @param mask the hash of a mask's PNG that its own begins with
 */
export function editFirst(next: KeptPicture, { mask = null }: { mask?: string | null } = {}): void {
  const [before] = editReferencesStore.getState().references;
  if (before) replaceFromPicture(before.id, next, { takesMask: mask !== null });
  else addFromPicture(next);
  const [first] = editReferencesStore.getState().references;
  if (mask && first) beginMaskWith(first.maskId, mask);
}

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

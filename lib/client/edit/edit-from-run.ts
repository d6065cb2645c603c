import type { PictureSlot } from '../../core/pictures/stored-picture';
import { formOfRun, type RunEntry } from '../../core/runs/run-entry';
import { sentAs } from '../../core/runs/sent-pictures';
import { editForm } from '../forms/image-forms';
import { wantPrompt } from '../forms/prompt-focus';
import type { KeptPicture } from '../pictures/dragged-picture';
import { hydrated } from '../storage/draft-storage';
import {
  addFromPicture,
  editReferencesStore,
  replaceReference,
  replaceReferences,
  toReference,
} from './edit-references';
import { beginMaskWith } from './first-mask-store';

/**
 * Makes a picture of a run the first reference, for the next step of a chain. It replaces the first one.
 * @param keepsMask whether the mask of the picture's own edit is taken along
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
 * Makes any stored picture the first reference. It replaces the first one.
 * @param mask the hash of the PNG that its mask starts as
 */
export function editFirst(next: KeptPicture, { mask = null }: { mask?: string | null } = {}): void {
  const [before] = editReferencesStore.getState().references;
  if (before) {
    const how = { takesMask: mask !== null, isByResult: true };
    replaceReference(before.id, toReference(next), how);
  } else addFromPicture(next);
  const [first] = editReferencesStore.getState().references;
  if (mask && first) beginMaskWith(first.maskId, mask);
  wantPrompt('edits');
}

/**
 * Puts an edit's settings, pictures and mask on the Edit page, as they were sent. What was there can be
 * restored.
 */
export function reuseEdit(run: RunEntry): void {
  const { edit } = run;
  const form = formOfRun(run);
  if (!edit) {
    editForm.replace(form);
    return;
  }
  const references = edit.references.flatMap(({ header, ...picture }, index) =>
    header ? [toReference({ ...picture, header, parent: index === 0 ? edit.parent : null })] : [],
  );
  const hadPictures = editReferencesStore.getState().references.length > 0;
  editForm.replace(form, { isAlwaysKept: hadPictures });
  replaceReferences(references);
  const [first] = references;
  if (first && edit.mask) beginMaskWith(first.maskId, edit.mask.hash);
}

/** `reuseEdit` from any page, where the drafts of this one may not be loaded yet. */
export async function reuseKeptEdit(run: RunEntry): Promise<void> {
  await Promise.all([hydrated(editForm.store), hydrated(editReferencesStore)]);
  reuseEdit(run);
}

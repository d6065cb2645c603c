import type { PictureSlot, RunEntry } from '../core/run-entry';
import { sentAs } from '../core/sent-as';
import { addFromPicture, editReferencesStore, replaceFromPicture } from './stores/edit-references';
import { beginMaskWith } from './stores/first-mask';

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
  if (!next) return;
  const [before] = editReferencesStore.getState().references;
  if (before) replaceFromPicture(before.id, next);
  else addFromPicture(next);
  const [first] = editReferencesStore.getState().references;
  if (keepsMask && run.edit?.mask && first) beginMaskWith(first.maskId, run.edit.mask.hash);
}

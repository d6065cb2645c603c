import type { ModelForm } from '../../core/endpoints/image-form';
import type { Refusal } from '../../core/references/intake';
import type { Attachment, Reference } from '../../core/references/reference';
import type { EditSources, SentReference } from '../../core/runs/run-entry';
import { requirePicture } from '../pictures/picture-files';
import { bakeUpright } from '../references/bake-upright';
import { takeIn } from '../references/take-in';
import { startImageRun } from '../runs/start-image-run';

/** A mask as it is to be sent: the PNG, and the share of the picture that it opens, from 0 to 1. */
export interface ExportedMask {
  blob: Blob;
  share: number;
}

/**
 * Starts an edit of checked form and pictures, as they are at this moment. What is made for it (the
 * mask's PNG, an upright copy) is kept under its hash like every picture, so that a try after a
 * reload sends the same bytes.
 * @returns the run's id; or why one of these files can't be sent, and then nothing was
 */
export async function startEdit({
  form,
  model,
  references,
  exportMask,
}: Omit<ModelForm, 'endpoint'> & {
  references: readonly Reference[];
  /** Gives null where nothing is painted: then no mask is sent. */
  exportMask: () => Promise<ExportedMask | null>;
}): Promise<string | { name: string; refusal: Refusal }> {
  const limits = model.references;
  const exported = model.mask ? await exportMask() : null;
  const sent: SentReference[] = references.map(sentReference);
  let mask: EditSources['mask'] = null;
  if (exported && limits) {
    const keep = (file: Blob, name: string) => takeIn({ file, name, limits, room: 1 });
    const kept = await keep(exported.blob, 'mask.png');
    if ('refusal' in kept) return { name: 'mask.png', refusal: kept.refusal };
    mask = { hash: kept.attachment.hash, share: exported.share };
    const [first] = references;
    if (first && first.header.orientation !== 1) {
      // Mask and picture have to agree in their pixels, so it goes out as it is seen.
      const name = first.name.replace(/\.\w+$/, '') || 'picture';
      const upright = await keep(
        await bakeUpright(await requirePicture(first.hash)),
        `${name}.png`,
      );
      if ('refusal' in upright) return { name: first.name, refusal: upright.refusal };
      sent[0] = sentReference(upright.attachment);
    }
  }
  const edit = { references: sent, mask, parent: references[0]?.parent ?? null };
  return startImageRun({ form, model, edit });
}

function sentReference({ hash, name, byteLength, header }: Attachment): SentReference {
  return { hash, name, byteLength, header };
}

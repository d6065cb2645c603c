import type { ModelForm } from '../../core/endpoints/image-form';
import type { Model } from '../../core/models/model';
import type { NamedPicture } from '../../core/pictures/stored-picture';
import {
  decideIntake,
  type IntakeLimits,
  type Refusal,
  sentName,
} from '../../core/references/intake';
import { type Attachment, isStoredUpright, type Reference } from '../../core/references/reference';
import type { EditSources } from '../../core/runs/run-entry';
import { requirePicture } from '../pictures/picture-files';
import { convertPicture, keepPicture } from '../pictures/picture-jobs';
import { startImageRun } from '../runs/image-runs';
import type { ExportedMask } from './mask-session';
import { measuredReference } from './measured-reference';

const headBytes = 128 * 1024;

/**
 * Starts an edit of a checked form and its pictures, as they are at this moment. Files that are made
 * for it (the mask's PNG, an upright copy) are stored under their hashes first, so that a retry after
 * a reload sends the same bytes.
 * @returns the id of the run or set; or why a file cannot be sent, and then nothing was sent
 */
export async function startEdit({
  form,
  model,
  further = [],
  leavesMaskOut = false,
  references,
  exportMask,
}: Omit<ModelForm, 'endpoint'> & {
  /** The models that the same is sent to, as one set. */
  further?: readonly Model[];
  /** Those of them that take no mask get the pictures without it. */
  leavesMaskOut?: boolean;
  references: readonly Reference[];
  /** Null if nothing is painted: then no mask is sent. */
  exportMask: () => Promise<ExportedMask | null>;
}): Promise<string | { name: string; refusal: Refusal }> {
  const takesMask = [model, ...further].some(({ mask }) => mask);
  const exported = takesMask ? await exportMask() : null;
  const sent: NamedPicture[] = references.map(sentReference);
  let mask: EditSources['mask'] = null;
  if (exported && model.references) {
    try {
      mask = { hash: await keepPicture(exported.blob, 'mask'), share: exported.share };
    } catch {
      return { name: 'mask.png', refusal: { reason: 'unread' } };
    }
    const [first] = references;
    if (first && !isStoredUpright(await measuredReference(first))) {
      const upright = await uprightCopy(first, model.references).catch(() => ({
        refusal: { reason: 'undecodable' as const },
      }));
      if ('refusal' in upright) return { name: first.name, refusal: upright.refusal };
      sent[0] = upright;
    }
  }
  const edit = { references: sent, mask, parent: references[0]?.parent ?? null };
  if (further.length === 0) return startImageRun({ form, model, edit });
  const { startRunSet } = await import('../experiments/run-set');
  const ids = further.map(({ id }) => id);
  return startRunSet({ form, model, further: ids, endpoint: 'edits', edit, leavesMaskOut });
}

function sentReference({ hash, name, byteLength, header }: Attachment): NamedPicture {
  return { hash, name: sentName(name, header.format), byteLength, header };
}

/**
 * A picture whose file other programs may read rotated, mirrored or at another size, as a PNG with the
 * pixels as they are seen. The mask was painted on these, and both must agree pixel by pixel.
 * @returns the copy; or the refusal, as a PNG may have more bytes than the model takes
 * @throws Error if the browser cannot decode or store it
 */
async function uprightCopy(
  { hash, name }: Reference,
  limits: IntakeLimits,
): Promise<NamedPicture | { refusal: Refusal }> {
  const upright = await convertPicture(await requirePicture(hash), 'png');
  if (!upright) throw new Error('The picture could not be turned upright.');
  const head = new Uint8Array(await upright.slice(0, headBytes).arrayBuffer());
  const byteLength = upright.size;
  const decision = decideIntake({ byteLength, head, limits, room: 1 });
  if ('refusal' in decision) return decision;
  return {
    hash: await keepPicture(upright, 'derived'),
    name: sentName(name, 'png'),
    byteLength,
    header: decision.header,
  };
}

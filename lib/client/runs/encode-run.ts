import { mediaTypeOf } from '../../core/bytes/image-header';
import { encodeEdit } from '../../core/endpoints/edits/request';
import { encodeGeneration } from '../../core/endpoints/generations/request';
import type { EditSources, RunEntry } from '../../core/runs/run-entry';
import { failureOfLostReference, type RunFailure } from '../../core/runs/run-failure';
import type { EncodedRequest } from '../api/api';
import { loadPicture } from '../pictures/picture-files';

/**
 * The request of a run as the wire has it, the same each time. An edit's files are read from where
 * they are kept, byte for byte.
 * @returns the trouble instead, if a file is not kept any more: nothing has been sent
 */
export async function encodeRun(
  run: Pick<RunEntry, 'endpoint' | 'request' | 'edit'>,
): Promise<EncodedRequest | { trouble: RunFailure }> {
  const { endpoint, request, edit } = run;
  if (endpoint === 'generations' || !edit) {
    return { endpoint: 'generations', body: encodeGeneration(request) };
  }
  const files = await loadFiles(edit);
  if ('trouble' in files) return files;
  return { endpoint, body: encodeEdit({ fields: request, ...files }) };
}

async function loadFiles({
  references,
  mask,
}: EditSources): Promise<
  { images: { file: Blob; name: string }[]; mask?: Blob } | { trouble: RunFailure }
> {
  const images: { file: Blob; name: string }[] = [];
  for (const { hash, name, header } of references) {
    const kept = await loadPicture(hash);
    if (!kept) return { trouble: failureOfLostReference(name) };
    const type = header ? mediaTypeOf(header.format) : kept.type;
    images.push({ file: kept.slice(0, kept.size, type), name });
  }
  if (!mask) return { images };
  const kept = await loadPicture(mask.hash);
  return kept ? { images, mask: kept } : { trouble: failureOfLostReference('mask.png') };
}

import type { Offer } from '../../core/references/intake';
import { createWorkerLine } from '../browser/worker-line';
import { weighBlob } from '../pictures/weigh-blob';
import type { ConvertedPicture, ConvertOrder } from './convert-messages';

const order = createWorkerLine<ConvertOrder, ConvertedPicture>(
  () => new Worker(new URL('./convert.worker.ts', import.meta.url), { type: 'module' }),
);

/**
 * A picture in another format, upright and at its full size: as PNG, or as JPEG of quality 92 on
 * white. Undefined where the browser cannot do it.
 */
export async function convertPicture(picture: Blob, to: Offer): Promise<Blob | undefined> {
  const converted = await order({ picture, to }).catch(() => undefined);
  return converted?.picture && weighBlob(converted.picture);
}

import type { ImageFormat } from '../bytes/image-header';
import type { IntakeLimits, Offer } from './intake';
import type { Attachment } from './reference';

/** Why a picture that is on the list cannot go to a model. */
export type Misfit =
  | { reason: 'count'; number: number }
  | { reason: 'format'; number: number; format: ImageFormat; offer: Offer }
  | { reason: 'bytes'; number: number; byteLength: number; offer: Offer };

/**
 * The pictures of a list that a model does not take, by their numbers from 1: another model may have
 * taken them, or they come from elsewhere in the app. None is dropped for that.
 */
export function findMisfits(list: readonly Attachment[], limits: IntakeLimits): Misfit[] {
  return list.flatMap(({ byteLength, header: { format } }, index): Misfit[] => {
    const number = index + 1;
    if (number > limits.max) return [{ reason: 'count', number }];
    const isTaken = limits.formats.some((one) => one === format);
    if (!isTaken) return [{ reason: 'format', number, format, offer: 'png' }];
    if (byteLength <= limits.maxBytes) return [];
    return [{ reason: 'bytes', number, byteLength, offer: 'jpeg' }];
  });
}

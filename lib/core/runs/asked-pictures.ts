import type { ImageRequest } from '../endpoints/image-request';
import { isObject } from '../endpoints/options';

/**
 * How many pictures a request can bring. In Seedream's batch mode that is an upper bound, and stands
 * elsewhere than in `n` (contract, "Seedream"): the model itself decides how many it makes.
 */
export function askedPictures(request: ImageRequest): { count: number; isUpperBound: boolean } {
  const { n, sequential_image_generation: batch, sequential_image_generation_options } = request;
  const count = typeof n === 'number' ? n : 1;
  if (batch === 'disabled') return { count: 1, isUpperBound: false };
  const options = sequential_image_generation_options;
  const most = isObject(options) ? options.max_images : undefined;
  if (typeof most === 'number') return { count: most, isUpperBound: most > 1 };
  return { count, isUpperBound: batch === 'auto' && count > 1 };
}

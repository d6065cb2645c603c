import { ApiError } from '../core/api-error';
import type { ImageRequest } from '../core/endpoints/image-request';
import { findOption } from '../core/models/lookup';
import type { Model } from '../core/models/model';
import { formatSize, listedSizes, parseSize, type Size } from '../core/sizes/sizes';
import type { Output } from './painting/raster';
import type { TroubleName } from './trouble';

/** The most that the demo gateway draws, where the catalogue sets no limit. */
const maxPixels = 64_000_000;
const maxSide = 16_384;

/** The model's option as the request has it, or its default. */
export function choiceOf(body: ImageRequest, model: Model, name: string): string | undefined {
  const sent = body[name];
  if (typeof sent === 'string') return sent;
  const option = findOption(model, name);
  return option?.kind === 'choice' ? (option.default ?? undefined) : undefined;
}

/** The format and JPEG quality that a request asks for. */
export function outputOf(body: ImageRequest, model: Model): Output {
  if (choiceOf(body, model, 'output_format') !== 'jpeg') return { format: 'png' };
  const { output_compression } = body;
  return {
    format: 'jpeg',
    quality: typeof output_compression === 'number' ? output_compression : 100,
  };
}

/** How much is drawn, 0 to 2, by the quality asked for. */
export function detailOf(body: ImageRequest, model: Model): number {
  const quality = choiceOf(body, model, 'quality');
  return quality === 'low' ? 0 : quality === 'medium' ? 1 : 2;
}

/**
 * The size to draw.
 * @param automatic what `auto` means here
 * @throws ApiError `invalid_value` beyond what a demo can draw
 */
export function sizeOf(body: ImageRequest, model: Model, automatic?: Size): Size {
  const rule = model.sizes;
  const named = typeof body.size === 'string' ? body.size : rule.default;
  const usual = parseSize(listedSizes(rule)[0] ?? '') ?? { width: 1024, height: 1024 };
  const size = parseSize(named) ?? automatic ?? usual;
  const tooLarge =
    size.width * size.height > maxPixels || Math.max(size.width, size.height) > maxSide;
  if (!tooLarge) return size;
  throw new ApiError({
    code: 'invalid_value',
    message: `The demo gateway draws at most ${maxPixels} pixels, and ${maxSide} per side, not ${formatSize(size)}.`,
    param: 'size',
  });
}

/** How many pictures a request gets. */
export function countOf(body: ImageRequest, model: Model, asked: ReadonlySet<TroubleName>): number {
  const wanted = typeof body.n === 'number' ? body.n : (model.count?.default ?? 1);
  const most = model.wire.countIsUpperBound ? batchCount(body, wanted) : wanted;
  return asked.has('fewer') ? Math.ceil(most / 2) : most;
}

// The gateway turns n into the vendor's batch mode (contract, "Seedream").
function batchCount(body: ImageRequest, wanted: number): number {
  const { sequential_image_generation: mode, sequential_image_generation_options: options } = body;
  if (mode === 'disabled') return 1;
  const most =
    typeof options === 'object' && options !== null && 'max_images' in options
      ? options.max_images
      : undefined;
  return mode === 'auto' && typeof most === 'number' ? most : wanted;
}

import type { ChatRequest } from '../core/endpoints/chat/request';
import { pictureFor } from '../core/models/lookup';
import type { Model } from '../core/models/model';
import type { Size } from '../core/sizes/sizes';
import type { Output } from './painting/raster';

/** Size and output tokens of the picture that a chat request asks for. */
export function pictureAsked(body: ChatRequest, model: Model): { size: Size; tokens: number } {
  const { table } = model.sizes;
  const usual = defaultPlace(model);
  const ratio = body.imageConfig?.aspectRatio ?? usual.ratio;
  const levels = Object.keys(table[ratio] ?? {});
  const usualLevel = levels.includes(usual.level) ? usual.level : (levels[0] ?? '');
  const level = body.imageConfig?.imageSize ?? usualLevel;
  const picture = pictureFor({ model, ratio, level });
  const size = picture?.size ?? { width: 1024, height: 1024 };
  return { size, tokens: picture?.tokens ?? Math.ceil((size.width * size.height) / 1024) };
}

/** The format that a chat request asks for; PNG if it does not say. */
export function chatOutput({ imageConfig }: ChatRequest): Output & { mimeType: string } {
  const { mimeType, compressionQuality } = imageConfig?.imageOutputOptions ?? {};
  if (mimeType !== 'image/jpeg') return { format: 'png', mimeType: 'image/png' };
  return { format: 'jpeg', quality: compressionQuality ?? 95, mimeType };
}

function defaultPlace({ sizes }: Model): { ratio: string; level: string } {
  for (const [ratio, levels] of Object.entries(sizes.table)) {
    for (const [level, size] of Object.entries(levels)) {
      if (size === sizes.default) return { ratio, level };
    }
  }
  const ratio = Object.keys(sizes.table)[0] ?? '';
  return { ratio, level: Object.keys(sizes.table[ratio] ?? {})[0] ?? '' };
}

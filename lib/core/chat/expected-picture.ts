import type { TurnFields } from '../endpoints/chat/request';
import { findModel, pictureFor } from '../models/lookup';
import type { Model } from '../models/model';
import type { PictureExpectation } from '../pictures/picture-facts';
import { formatSize } from '../sizes/sizes';

/**
 * What a turn asked its pictures to be. The tokens are the catalogue's for such a picture; undefined
 * where it names none.
 */
export function expectedPicture(
  { model: id, imageConfig }: TurnFields,
  models: readonly Model[],
): PictureExpectation {
  const mimeType = imageConfig?.imageOutputOptions?.mimeType;
  const open = {
    size: undefined,
    format: mimeType?.replace('image/', ''),
    hasAlpha: undefined,
  };
  const model = findModel(models, id);
  const ratio = imageConfig?.aspectRatio;
  if (!model || ratio === undefined) return open;
  const level = imageConfig?.imageSize ?? Object.keys(model.sizes.table[ratio] ?? {})[0] ?? '';
  const picture = pictureFor({ model, ratio, level });
  if (!picture) return open;
  return { ...open, size: formatSize(picture.size), tokens: picture.tokens };
}

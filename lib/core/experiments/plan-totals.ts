import { type JsonObject, valueAt } from '../endpoints/options';
import type { Model } from '../models/model';
import { shapeOf } from '../sizes/size-shapes';
import { parseSize } from '../sizes/sizes';
import type { CellRequest } from './cell';
import { picturesAsked } from './cell-request';
import type { PlanRequest } from './plan';

/** What some requests bring and cost, as far as the catalogue tells. */
export interface PlanTotals {
  requests: number;
  pictures: number;
  /** Whether fewer pictures may come. */
  isUpperBound: boolean;
  /** Output tokens, of the pictures whose model states them. */
  tokens: number;
  /** By currency, of the pictures whose model has a price. */
  money: Record<string, number>;
  /** Pictures whose model has no price. */
  unpriced: number;
  /** Of the files that go along. */
  uploadBytes: number;
  /** Of the pictures, at most: three for each pixel of a PNG that can't be compressed. */
  pictureBytes: number;
}

const bytesPerPixel = 3;
/** The largest that a model makes where the size is left to it. */
const autoPixels = 1536 * 1024;

/** Adds up what requests bring and cost. */
export function totalsOf(requests: readonly PlanRequest[], models: readonly Model[]): PlanTotals {
  const byId = new Map(models.map((model) => [model.id, model]));
  const totals: PlanTotals = {
    requests: requests.length,
    pictures: 0,
    isUpperBound: false,
    tokens: 0,
    money: {},
    unpriced: 0,
    uploadBytes: 0,
    pictureBytes: 0,
  };
  for (const { sends } of requests) {
    const model = byId.get(sends.request.model);
    const pictures = picturesAsked(sends);
    const size = sends.form?.lastSize ?? sends.request.size ?? '';
    const pixels = parseSize(size);
    const level = model && shapeOf(model, size)?.level;
    totals.pictures += pictures;
    totals.isUpperBound ||= model?.wire.countIsUpperBound === true && pictures > 1;
    totals.tokens += pictures * (model?.sizes.tokens?.[level ?? ''] ?? 0);
    totals.pictureBytes +=
      pictures * bytesPerPixel * (pixels ? pixels.width * pixels.height : autoPixels);
    for (const file of sends.edit?.references ?? []) totals.uploadBytes += file.byteLength;
    const price = model && priceOf(model, sends, level);
    if (!price) totals.unpriced += pictures;
    else {
      const before = totals.money[price.currency] ?? 0;
      totals.money[price.currency] = before + pictures * price.amount;
    }
  }
  return totals;
}

/** What one picture of a request costs, if its model's entry tells. */
function priceOf(
  { price }: Model,
  { request, turn }: CellRequest,
  level: string | undefined,
): { currency: string; amount: number } | undefined {
  if (!price) return undefined;
  let amount = price.byLevel?.[level ?? ''] ?? price.picture;
  for (const [option, factors] of Object.entries(price.factors ?? {})) {
    const value = valueAt((turn ?? request) as JsonObject, option);
    amount *= (typeof value === 'string' ? factors[value] : undefined) ?? 1;
  }
  return { currency: price.currency, amount };
}

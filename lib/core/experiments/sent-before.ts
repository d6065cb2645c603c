import type { OptionValue } from '../endpoints/image-form';
import type { CellRequest } from './cell';
import { keyStart } from './cell-key';
import type { ModelRow, ShapeWish } from './experiment';
import { unlikeness } from './nearest-shape';

/** What an experiment has sent already. */
export interface SentBefore {
  /** For how many pictures a request with this text has asked; undefined: none was sent. */
  asked: (text: string) => number | undefined;
  requests: readonly CellRequest[];
}

export const nothingSent: SentBefore = { asked: () => undefined, requests: [] };

// Sizes are that much alike which stand for the same wish (logarithms).
const alike = 0.02;

/**
 * What a row has sent at each shape, by what is kept of it: where its model is gone, or takes the like no more, what
 * it has made is still there. A size counts for the wish that it is most like.
 * @returns for each wish a request, of which all but the prompt and the number of pictures is right; undefined: none
 */
export function rowSent(
  row: ModelRow,
  wishes: readonly ShapeWish[],
  { requests }: SentBefore,
): (CellRequest | undefined)[] {
  const options = optionsText(row.options);
  const its = requests.filter(
    ({ request, form }) =>
      request.model === row.model && optionsText(form?.options ?? {}) === options,
  );
  const distinct = [...new Map(its.map((one) => [keyStart(one), one])).values()];
  const found = distinct.map((sent) => {
    const size = sent.form?.lastSize ?? 'auto';
    const from = wishes.map((wish) => unlikeness(size, wish, row.size ?? 'auto'));
    return { sent, from, least: Math.min(...from) };
  });
  return wishes.map((_, index) => {
    const far = (one: (typeof found)[number]) => one.from[index] ?? Number.POSITIVE_INFINITY;
    const near = found.filter((one) => Number.isFinite(far(one)) && far(one) <= one.least + alike);
    return near.sort((one, other) => far(one) - far(other))[0]?.sent;
  });
}

function optionsText(options: Record<string, OptionValue>): string {
  return JSON.stringify(Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1)));
}

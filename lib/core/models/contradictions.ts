import { checkSize, listedSizes } from '../sizes/sizes';
import type { Model, ModelOption } from './model';

/** Fields of a request that have a meaning of their own, so no option or further field can have their name. */
const reserved = [
  'model',
  'prompt',
  'messages',
  'n',
  'size',
  'image',
  'image[]',
  'mask',
  'stream',
  'stream_options',
  'response_format',
  '__proto__',
];

/**
 * What cannot be true of a model at the same time, such as a minimum over its maximum. The types of the
 * fields are right already.
 * @returns the field and what is wrong with it, each as one line; empty: the model is sound
 */
export function modelContradictions(model: Model): string[] {
  const { count, sizes, options, references, mask, endpoints, extraFields } = model;
  const found: string[] = [];
  const say = (field: string, words: string) => found.push(`${field}: ${words}`);
  if (count) sayRange(say, 'count', count);

  if (listedSizes(sizes).length === 0) say('sizes.table', 'must list at least one size');
  const isLegal = (value: string) =>
    checkSize({ rule: sizes, value, model: model.id }).length === 0;
  if (!isLegal(sizes.default)) say('sizes.default', `${sizes.default} is not a size of this model`);
  const illegal = listedSizes(sizes).filter((size) => !isLegal(size));
  if (illegal.length > 0)
    say('sizes.table', `${illegal.join(', ')} break the limits in sizes.legal`);

  for (const [shape, row] of Object.entries(sizes.table)) {
    if (Object.keys(row).length === 0) say(`sizes.table.${shape}`, 'must list at least one size');
  }
  const twice = endpoints.find((name, index) => endpoints.indexOf(name) !== index);
  if (twice) say('endpoints', `${twice} is there twice`);

  const names = [...options.map(({ name }) => name), ...extraFields];
  for (const name of new Set(names)) {
    const [field = ''] = name.split('.');
    if (field === '' || reserved.includes(field)) {
      say('options', `${name || '""'} cannot be the name of an option`);
    }
    if (names.indexOf(name) !== names.lastIndexOf(name)) say('options', `${name} is there twice`);
    // A dot leads into an object, which cannot be a value at the same time.
    const inside = names.find((other) => other.startsWith(`${name}.`));
    if (inside) say('options', `${name} cannot stand beside ${inside}`);
  }
  for (const option of options) sayOption(say, option, options);

  if (endpoints.includes('edits') && !references) {
    say('references', 'is needed by a model with the endpoint edits');
  }
  if (mask && !endpoints.includes('edits'))
    say('mask', 'is only for models with the endpoint edits');
  return found;
}

type Say = (field: string, words: string) => void;

function sayRange(
  say: Say,
  field: string,
  range: { min: number; max: number; default: number | null },
): void {
  const { min, max } = range;
  if (min > max) say(`${field}.min`, `${min} is more than the maximum ${max}`);
  else if (range.default !== null && (range.default < min || range.default > max)) {
    say(`${field}.default`, `${range.default} is not between ${min} and ${max}`);
  }
}

function sayOption(say: Say, option: ModelOption, all: readonly ModelOption[]): void {
  const { name } = option;
  if (option.kind === 'integer') sayRange(say, `options.${name}`, option);
  if (option.kind === 'choice' || option.kind === 'choices') {
    const chosen = [option.default ?? []].flat();
    const unknown = chosen.filter((value) => !option.values.includes(value));
    if (unknown.length > 0) say(`options.${name}.default`, `${unknown.join(', ')} is not a value`);
    if (new Set(option.values).size < option.values.length) {
      say(`options.${name}.values`, 'lists a value twice');
    }
  }
  for (const { when, option: other, oneOf } of option.requires ?? []) {
    const own = 'values' in option ? [...option.values, ...(option.unlisted ?? [])] : undefined;
    if (own && 'is' in when && !own.includes(when.is)) {
      say(`options.${name}.requires`, `${when.is} is not a value of ${name}`);
    }
    const needed = all.find((one) => one.name === other);
    const values = needed && 'values' in needed ? needed.values : undefined;
    if (!needed) say(`options.${name}.requires`, `${other} is not an option`);
    else if (values && !oneOf.some((value) => values.includes(value))) {
      say(`options.${name}.requires`, `${other} has none of the values ${oneOf.join(', ')}`);
    }
  }
}

import { findModel, findOption, modelsFor, optionsFor } from '../models/lookup';
import type { EndpointName, Model, ModelOption } from '../models/model';
import { checkSize, formatSize, nearestLegalSizes, parseSize, type Size } from '../sizes/sizes';
import { type ValidationProblem, validationProblem } from '../validation';
import { checkChosenModel } from './chosen-model';
import { checkImageRequest, type ImageEndpoint, type ImageRequest } from './image-request';
import { isObject, type JsonObject } from './options';

/** What a form control holds for one option: text as typed, or the boxes that are ticked. */
export type OptionValue = string | string[];

/**
 * What was entered, exactly as entered. It is kept when the model changes: each model shows the values
 * that it accepts, and the others apply again at a model that does.
 */
export interface ImageForm {
  /** Its id; null until somebody chose one. */
  model: string | null;
  prompt: string;
  count: string;
  /** What was chosen at each model, by its id: `auto`, `1536x1024`, or half a size being typed. */
  sizes: Record<string, string>;
  /** The size that was chosen last, at whichever model. */
  lastSize: string | null;
  /** By wire name; absent: never touched. */
  options: Record<string, OptionValue>;
  /** The picture that a mask is painted on, upright; null: no mask is. The answer should have its shape. */
  masked: Size | null;
}

export const emptyImageForm: ImageForm = {
  model: null,
  prompt: '',
  count: '1',
  sizes: {},
  lastSize: null,
  options: {},
  masked: null,
};

/** A form at one of the models of an endpoint. */
export interface ModelForm {
  form: ImageForm;
  model: Model;
  endpoint: ImageEndpoint;
}

/** A form, before its model is known. */
interface OfferedForm {
  form: ImageForm;
  models: readonly Model[];
  endpoint: ImageEndpoint;
}

/**
 * The model whose fields a form shows: the chosen one, or the first that the endpoint takes. A form
 * whose chosen model is gone can't be sent (`checkImageForm`).
 */
export function formModel({ form, models, endpoint }: OfferedForm): Model | undefined {
  const possible = modelsFor(models, endpoint);
  return findModel(possible, form.model ?? '') ?? possible[0];
}

/**
 * The size that a form shows at a model: the one chosen there; else that of the masked picture, since only
 * in its shape the original can be restored outside the mask; else the shape chosen last elsewhere, as near
 * as this model comes to it; else the model's default.
 */
export function shownSize(form: ImageForm, model: Model): string {
  const rule = model.sizes;
  const chosen = own(form.sizes, model.id);
  if (chosen !== undefined) return chosen;
  const matching = form.masked && model.mask && matchingSize(model, form.masked);
  if (matching) return matching;
  const last = form.lastSize ?? rule.default;
  if (checkSize({ rule, value: last, model: model.id }).length === 0) return last;
  const size = parseSize(last);
  if (!size) return rule.default;
  const nearest = nearestLegalSizes({ ...rule, legal: 'listed' }, size).at(-1);
  return nearest ? formatSize(nearest) : rule.default;
}

/** The value that a form shows for an option of a model; `''`: nothing chosen, so nothing is sent. */
export function shownValue(form: Pick<ImageForm, 'options'>, option: ModelOption): OptionValue {
  const value = own(form.options, option.name);
  if (option.kind === 'choices') return Array.isArray(value) ? value : option.default;
  if (typeof value === 'string') {
    const legal = option.kind !== 'choice' || option.values.includes(value);
    if (legal || (value === '' && option.default === null)) return value;
  }
  return option.default === null ? '' : String(option.default);
}

/**
 * The options that a form shows at a model. A number that only means something beside certain values
 * of another option (JPEG compression) appears with them.
 */
export function shownOptions(
  form: Pick<ImageForm, 'options'>,
  model: Model,
  endpoint: EndpointName,
): ModelOption[] {
  return optionsFor(model, endpoint).filter(
    (option) =>
      option.kind === 'choice' ||
      (option.requires ?? []).every(({ option: name, oneOf }) => {
        const other = findOption(model, name);
        const value = other && shownValue(form, other);
        return typeof value !== 'string' || value === '' || oneOf.includes(value);
      }),
  );
}

/** An option that changed because its old value is not legal beside a new choice. */
export interface SwitchedOption {
  option: string;
  from: OptionValue;
  to: OptionValue;
  because: { option: string; value: OptionValue };
  /** `needed`: the choice asks for the new value. `excluded`: it only rules out the old one. */
  why: 'needed' | 'excluded';
}

/** Sets an option, changes options that conflict with it, and returns what else it changed. */
export function chooseOption({
  form,
  model,
  endpoint,
  option,
  value,
}: ModelForm & { option: ModelOption; value: OptionValue }): {
  form: ImageForm;
  switched: SwitchedOption[];
} {
  const chosen = withOption(form, option.name, value);
  const because = { option: option.name, value };
  const needed = (option.requires ?? []).flatMap((requirement): SwitchedOption[] => {
    const other = findOption(model, requirement.option);
    if (option.kind !== 'choice' || !holds(requirement.when, value) || !other) return [];
    const from = shownValue(chosen, other);
    const to = requirement.oneOf[0];
    const stands = typeof from !== 'string' || from === '' || requirement.oneOf.includes(from);
    return stands || to === undefined
      ? []
      : [{ option: other.name, from, to, because, why: 'needed' }];
  });
  const unsettled = optionsFor(model, endpoint).flatMap((other): SwitchedOption[] => {
    const from = shownValue(chosen, other);
    const broken = (other.requires ?? []).some(
      (requirement) =>
        requirement.option === option.name &&
        holds(requirement.when, from) &&
        typeof value === 'string' &&
        !requirement.oneOf.includes(value),
    );
    if (other.kind !== 'choice' || !broken) return [];
    return [{ option: other.name, from, to: other.default ?? '', because, why: 'excluded' }];
  });
  const switched = [...needed, ...unsettled];
  return {
    form: switched.reduce((next, change) => withOption(next, change.option, change.to), chosen),
    switched,
  };
}

/** The request that a form stands for at a model: what is on the screen, and nothing else. */
export function formRequest({ form, model, endpoint }: ModelForm): ImageRequest {
  const request: JsonObject = { model: model.id, prompt: form.prompt };
  if (model.count !== null) request.n = wholeNumber(form.count);
  request.size = shownSize(form, model);
  for (const option of shownOptions(form, model, endpoint)) {
    const value = shownValue(form, option);
    if (value === '' && option.default === null) continue;
    setOption(request, option, value);
  }
  return request as unknown as ImageRequest;
}

/** Writes what a form holds for an option into a request, at its dotted name. */
export function setOption(request: object, option: ModelOption, value: OptionValue): void {
  const steps = option.name.split('.');
  const last = steps.pop() ?? '';
  let place = request as JsonObject;
  for (const step of steps) {
    if (!Object.hasOwn(place, step)) place[step] = {};
    place = place[step] as JsonObject;
  }
  place[last] = option.kind === 'integer' ? wholeNumber(String(value)) : value;
}

/** A request without one of its options, by the option's dotted name. */
export function withoutOption<Request extends object>(request: Request, name: string): Request {
  const [first = '', ...rest] = name.split('.');
  const { [first]: value, ...others } = request as JsonObject;
  if (rest.length === 0 || !isObject(value)) return others as Request;
  return { ...others, [first]: withoutOption(value, rest.join('.')) } as Request;
}

// An empty or unreadable field must fail its check, not count as zero or as left out.
function wholeNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Everything that keeps a form from being sent, most basic first. */
export function checkImageForm({ form, models, endpoint }: OfferedForm): ValidationProblem[] {
  const model = formModel({ form, models, endpoint });
  if (!model) {
    return [validationProblem({ param: 'model', reason: 'missing_model', values: { models: '' } })];
  }
  const body = formRequest({ form, model, endpoint }) as JsonObject;
  // Another model in place of a chosen one that is gone may cost more than anybody knows of.
  const problems = [
    ...checkChosenModel(form.model, endpoint, models),
    ...checkImageRequest(body, endpoint, models),
  ];
  // A number field that is empty has no number to quote.
  return problems.map((found) =>
    Number.isNaN(found.values.value)
      ? { ...found, values: { ...found.values, value: '“”' } }
      : found,
  );
}

/** Reads a form that was kept somewhere; what cannot be understood falls back to its default. */
export function readImageForm(kept: unknown): ImageForm {
  const from = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof from[name] === 'string' ? from[name] : undefined);
  const isText = (value: unknown): value is string => typeof value === 'string';
  const isValue = (value: unknown): value is OptionValue =>
    isText(value) || (Array.isArray(value) && value.every(isText));
  return {
    model: text('model') ?? null,
    prompt: text('prompt') ?? '',
    count: text('count') ?? emptyImageForm.count,
    sizes: entries(from.sizes, isText),
    lastSize: text('lastSize') ?? null,
    options: entries(from.options, isValue),
    // Not kept: the painter sets it.
    masked: null,
  };
}

function entries<T>(value: unknown, isRight: (value: unknown) => value is T): Record<string, T> {
  if (typeof value !== 'object' || value === null) return {};
  const right = Object.entries(value).filter((entry): entry is [string, T] => isRight(entry[1]));
  return Object.fromEntries(right);
}

function withOption(form: ImageForm, name: string, value: OptionValue): ImageForm {
  return { ...form, options: { ...form.options, [name]: value } };
}

function holds(when: { is: string } | { isNot: number | null }, value: OptionValue): boolean {
  if ('is' in when) return value === when.is;
  return when.isNot === null ? value !== '' : value !== String(when.isNot);
}

function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/**
 * Everything that keeps an edit from being sent, most basic first.
 * @param references How many pictures there are to edit.
 */
export function checkEditForm(
  form: ImageForm,
  models: readonly Model[],
  references: number,
): ValidationProblem[] {
  const model = formModel({ form, models, endpoint: 'edits' });
  const max = model?.references?.max ?? 0;
  const param = 'image';
  const found = checkImageForm({ form, models, endpoint: 'edits' });
  if (!model) return found;
  if (references === 0) {
    return [
      validationProblem({ code: 'missing_parameter', param, reason: 'missing_image' }),
      ...found,
    ];
  }
  if (references <= max) return found;
  const values = { model: model.id, max, count: references };
  return [validationProblem({ param, reason: 'too_many_references', values }), ...found];
}

/**
 * The size at a model that matches an input: its own where that is legal, else the legal one that
 * is nearest to it in shape.
 */
export function matchingSize(model: Model, input: Size): string | undefined {
  const rule = model.sizes;
  const own = formatSize(input);
  if (checkSize({ rule, value: own, model: model.id }).length === 0) return own;
  const nearest = nearestLegalSizes(rule, input).at(-1);
  return nearest && formatSize(nearest);
}

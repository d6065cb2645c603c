import type { JsonValue } from '../bytes/json-stream';
import { LongString } from '../bytes/long-string';
import { findModel, findOption, modelsFor, optionsFor } from '../models/lookup';
import type { EndpointName, Model, ModelOption } from '../models/model';
import { countCharacters, type ValidationProblem, validationProblem } from '../validation';

/** A parsed JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/** Whether a parsed value is a JSON object (not null, no list, no string that was too long to keep). */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof LongString)
  );
}

/** Whether a parsed value is a string, kept or not. */
export function isText(value: JsonValue | undefined): value is string | LongString {
  return typeof value === 'string' || value instanceof LongString;
}

/** The JSON name of a value's type, for sentences. */
export function typeName(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return isText(value) ? 'string' : typeof value;
}

/** A value quoted for a sentence. */
export function quote(value: JsonValue | undefined): string {
  if (value instanceof LongString) return `"${value.head}…"`;
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'object' && value !== null ? typeName(value) : String(value);
}

/** The value at a dotted option name (`imageConfig.imageSize`) in a body; `undefined` if absent. */
export function valueAt(body: JsonObject, name: string): JsonValue | undefined {
  return name
    .split('.')
    .reduce<JsonValue | undefined>(
      (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      body,
    );
}

/** Whether a field was sent: `null` counts as left out, as OpenAI's own servers take it. */
export function isGiven<T extends JsonValue>(value: T | undefined): value is Exclude<T, null> {
  return value !== undefined && value !== null;
}

/** A body without the top-level fields that count as left out. */
export function givenFields(body: JsonValue): JsonValue {
  if (!isObject(body)) return body;
  const given = Object.create(null) as JsonObject;
  for (const [name, value] of Object.entries(body)) if (isGiven(value)) given[name] = value;
  return given;
}

/**
 * Checks every option that a model takes at an endpoint: type, legal values, and which values need
 * another option beside them.
 */
export function checkOptions(
  body: JsonObject,
  model: Model,
  endpoint: EndpointName,
): ValidationProblem[] {
  return optionsFor(model, endpoint).flatMap((option) => {
    const value = valueAt(body, option.name);
    if (!isGiven(value)) return [];
    const wrong = checkOptionValue(option, value);
    return wrong ? [wrong] : checkRequirements({ option, value, body, model });
  });
}

function checkOptionValue(option: ModelOption, value: JsonValue): ValidationProblem | undefined {
  const param = option.name;
  switch (option.kind) {
    case 'choice':
      if (!isText(value)) return wrongType(param, 'string', value);
      return typeof value === 'string' && takenValues(option).includes(value)
        ? undefined
        : notListed(param, value, takenValues(option));
    case 'integer':
      return checkInteger({ param, value, min: option.min, max: option.max });
    case 'text': {
      if (!isText(value)) return wrongType(param, 'string', value);
      const count = typeof value === 'string' ? countCharacters(value) : value.byteLength;
      return count <= option.maxCharacters
        ? undefined
        : validationProblem({
            param,
            reason: 'value_too_long',
            values: { count, max: option.maxCharacters },
          });
    }
    case 'choices': {
      if (!Array.isArray(value)) return wrongType(param, 'array', value);
      const taken: JsonValue[] = takenValues(option);
      const strange = value.find((item) => !taken.includes(item));
      return value.length > 0 && strange === undefined
        ? undefined
        : notListed(param, value.length === 0 ? '[]' : (strange ?? null), takenValues(option));
    }
  }
}

function takenValues({
  values,
  unlisted = [],
}: {
  values: string[];
  unlisted?: string[];
}): string[] {
  return [...values, ...unlisted];
}

function checkRequirements({
  option,
  value,
  body,
  model,
}: {
  option: ModelOption;
  value: JsonValue;
  body: JsonObject;
  model: Model;
}): ValidationProblem[] {
  return (option.requires ?? []).flatMap((requirement) => {
    const { when, oneOf } = requirement;
    const holds = 'is' in when ? value === when.is : value !== when.isNot;
    if (!holds) return [];
    const other = findOption(model, requirement.option);
    const actual = valueAt(body, requirement.option) ?? other?.default ?? null;
    // Left out and without a known default: the gateway decides, so it is not ours to refuse.
    if (actual === null || oneOf.some((allowed) => allowed === actual)) return [];
    const values = {
      value: quote(value),
      option: requirement.option,
      allowed: oneOf.join(', '),
      actual: quote(actual as JsonValue),
    };
    return [validationProblem({ param: option.name, reason: 'value_needs_option', values })];
  });
}

/** Checks a whole number within limits (both included). */
export function checkInteger({
  param,
  value,
  min,
  max,
}: {
  param: string;
  value: JsonValue;
  min: number;
  max: number;
}): ValidationProblem | undefined {
  if (typeof value !== 'number') return wrongType(param, 'integer', value);
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  return validationProblem({ param, reason: 'value_out_of_range', values: { min, max, value } });
}

/** The problem of a value of the wrong JSON type. */
export function wrongType(
  param: string,
  expected: string,
  value: JsonValue | undefined,
): ValidationProblem {
  return validationProblem({
    param,
    reason: 'wrong_type',
    values: { expected, actual: typeName(value) },
  });
}

/** The problem of a value that is not among the legal ones. */
export function notListed(
  param: string,
  value: JsonValue,
  allowed: readonly string[],
): ValidationProblem {
  return validationProblem({
    param,
    reason: 'value_not_listed',
    values: { value: quote(value), allowed: allowed.join(', ') },
  });
}

/** The problem of a model id that nothing in the catalogue has. */
export function modelUnknown(id: JsonValue, models: readonly Model[]): ValidationProblem {
  return validationProblem({
    code: 'model_not_found',
    param: 'model',
    reason: 'model_unknown',
    values: { value: quote(id), models: models.map((model) => model.id).join(', ') },
  });
}

/** Finds the model that a body names, or says why none can be found at this endpoint. */
export function checkModel(
  body: JsonObject,
  endpoint: EndpointName,
  models: readonly Model[],
): { model: Model } | { problem: ValidationProblem } {
  const { model: id } = body;
  const possible = modelsFor(models, endpoint);
  const names = possible.map((model) => model.id).join(', ');
  if (!isGiven(id)) {
    const values = { models: names };
    const code = 'missing_parameter';
    return {
      problem: validationProblem({ code, param: 'model', reason: 'missing_model', values }),
    };
  }
  if (!isText(id)) return { problem: wrongType('model', 'string', id) };
  const model = typeof id === 'string' ? findModel(models, id) : undefined;
  if (!model) return { problem: modelUnknown(id, possible) };
  if (possible.includes(model)) return { model };
  const values = { model: model.id, endpoint, models: names };
  return { problem: validationProblem({ param: 'model', reason: 'model_not_here', values }) };
}

/**
 * Finds fields that a model does not take at an endpoint, so that nothing reaches upstream which no
 * catalogue entry knows. Looks at the top level and into the objects that options live in.
 * @param taken further top-level fields, beside those of the model's options
 */
export function checkUnknownFields({
  body,
  model,
  endpoint,
  taken,
}: {
  body: JsonObject;
  model: Model;
  endpoint: EndpointName;
  taken: readonly string[];
}): ValidationProblem[] {
  const names = [
    ...taken,
    ...optionsFor(model, endpoint).map((option) => option.name),
    ...model.extraFields,
  ];
  return unknownIn({ object: body, prefix: '', names, model });
}

function unknownIn({
  object,
  prefix,
  names,
  model,
}: {
  object: JsonObject;
  prefix: string;
  names: readonly string[];
  model: Model;
}): ValidationProblem[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const param = prefix + key;
    if (names.includes(param)) return [];
    const isParent = names.some((name) => name.startsWith(`${param}.`));
    if (!isParent) return [unknownParameter({ param, prefix, names, model })];
    if (!isGiven(value)) return [];
    if (typeof value !== 'object' || Array.isArray(value) || isText(value)) {
      return [wrongType(param, 'object', value)];
    }
    return unknownIn({ object: value, prefix: `${param}.`, names, model });
  });
}

function unknownParameter({
  param,
  prefix,
  names,
  model,
}: {
  param: string;
  prefix: string;
  names: readonly string[];
  model: Model;
}): ValidationProblem {
  const here = names.filter((name) => name.startsWith(prefix)).map((name) => name.split('.')[0]);
  const allowed =
    prefix === '' ? [...new Set(here)] : names.filter((name) => name.startsWith(prefix));
  return validationProblem({
    code: 'unknown_parameter',
    param: param.slice(0, 200),
    reason: 'unknown_parameter',
    values: { model: model.id, allowed: allowed.join(', ') },
  });
}

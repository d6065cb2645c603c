import { ApiError } from '../api-error';
import { formatErrorsAs } from '../bytes/format-error';
import { createJsonReader, type JsonValue } from '../bytes/json-stream';
import { findModel, modelsFor, optionsFor } from '../models/lookup';
import type { EndpointName, Model } from '../models/model';
import { type ValidationProblem, validationProblem } from '../validation';
import { isGiven, isText, type JsonObject, quote, wrongType } from './options';

/**
 * Reads a small JSON body whole, every string kept.
 * @throws ApiError `invalid_json` with the place of the mistake
 */
export function readJsonBody(bytes: Uint8Array): JsonValue {
  const reader = createJsonReader({ keepStringBytes: bytes.length });
  return formatErrorsAs(invalidJson)(() => {
    reader.write(bytes);
    return reader.end();
  });
}

/** The error of a body that is no JSON. */
export function invalidJson(why: string): ApiError {
  return new ApiError({ code: 'invalid_json', message: `The body is not valid JSON. ${why}` });
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
  const say = (code: ValidationProblem['code'], reason: ValidationProblem['reason']) => ({
    problem: validationProblem({
      code,
      param: 'model',
      reason,
      values: { value: quote(id), endpoint, models: names },
    }),
  });
  if (!isGiven(id)) return say('missing_parameter', 'missing_model');
  if (!isText(id)) return { problem: wrongType('model', 'string', id) };
  const model = typeof id === 'string' ? findModel(models, id) : undefined;
  if (!model) return say('model_not_found', 'model_unknown');
  return possible.includes(model) ? { model } : say('invalid_value', 'model_not_here');
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

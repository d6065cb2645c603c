import type { JsonValue } from '../bytes/json-stream';
import { LongString } from '../bytes/long-string';
import type { EndpointName, Model } from '../models/model';
import { checkSize } from '../sizes/sizes';
import {
  countCharacters,
  problemError,
  type ValidationProblem,
  validationProblem,
} from '../validation';
import {
  checkInteger,
  checkModel,
  checkOptions,
  checkUnknownFields,
  givenFields,
  isGiven,
  isObject,
  isText,
  type JsonObject,
  notListed,
  typeName,
  wrongType,
} from './options';

/** The endpoints that take one request and answer with a list of pictures. */
export type ImageEndpoint = Exclude<EndpointName, 'chat'>;

/** What both image endpoints have in common on the wire (contract, "GPT-image-2: parameters"). */
export interface ImageRequest {
  model: string;
  prompt: string;
  n?: number;
  size?: string;
  /** The model's options by their wire names. */
  [option: string]: JsonValue | undefined;
}

// Fields beside a model's own options; the last two only with the value that is the rule anyway.
const commonFields = ['model', 'prompt', 'n', 'size', 'response_format', 'stream'];

/**
 * Checks the fields that both image endpoints share against the catalogue.
 * @returns every problem found, most basic first; empty if the request may be sent
 */
export function checkImageRequest(
  body: JsonValue,
  endpoint: ImageEndpoint,
  models: readonly Model[],
): ValidationProblem[] {
  if (!isObject(body)) {
    const values = { actual: typeName(body) };
    return [validationProblem({ param: null, reason: 'body_not_object', values })];
  }
  const found = checkModel(body, endpoint, models);
  if ('problem' in found) return [found.problem];
  const { model } = found;
  const taken = commonFields.filter((name) => name !== 'n' || model.count !== null);
  return [
    ...checkUnknownFields({ body, model, endpoint, taken }),
    ...checkPrompt(body.prompt, model),
    ...checkCount(body, model),
    ...checkSizeField(body, model),
    ...checkFixed(body),
    ...checkOptions(body, model, endpoint),
  ];
}

/** Checks a prompt's type and length in characters (Unicode code points, at least one). */
export function checkPrompt(prompt: JsonValue | undefined, model: Model): ValidationProblem[] {
  const param = 'prompt';
  if (!isGiven(prompt)) {
    return [validationProblem({ code: 'missing_parameter', param, reason: 'missing_prompt' })];
  }
  if (!isText(prompt)) return [wrongType(param, 'string', prompt)];
  const count = prompt instanceof LongString ? prompt.byteLength : countCharacters(prompt);
  if (count === 0) return [validationProblem({ param, reason: 'prompt_empty' })];
  const max = model.prompt.maxCharacters;
  if (max === null || count <= max) return [];
  return [
    validationProblem({
      param,
      reason: 'prompt_too_long',
      values: { count, max, model: model.id },
    }),
  ];
}

function checkCount(body: JsonObject, model: Model): ValidationProblem[] {
  const { n } = body;
  if (!isGiven(n) || model.count === null) return [];
  const { min, max } = model.count;
  const wrong = checkInteger({ param: 'n', value: n, min, max });
  return wrong ? [wrong] : [];
}

function checkSizeField(body: JsonObject, model: Model): ValidationProblem[] {
  const { size } = body;
  if (!isGiven(size)) return [];
  if (typeof size !== 'string') return [wrongType('size', 'string', size)];
  return checkSize({ rule: model.sizes, value: size, model: model.id });
}

function checkFixed(body: JsonObject): ValidationProblem[] {
  const { response_format, stream } = body;
  return [
    ...(isGiven(response_format) && response_format !== 'b64_json'
      ? [notListed('response_format', response_format, ['b64_json'])]
      : []),
    ...(isGiven(stream) && stream !== false ? [notListed('stream', stream, ['false'])] : []),
  ];
}

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

/** The most bytes that the body of a generation may have. */
export const maxGenerationBytes = 1024 * 1024;

/** Writes a request as the body of `POST /images/generations`; absent options are left out. */
export function encodeGeneration(request: ImageRequest): string {
  return JSON.stringify(request);
}

/**
 * Checks the body of `POST /images/generations`. A field that is `null` counts as left out.
 * @throws ApiError the first problem that the checks find
 */
export function decodeGeneration(body: JsonValue, models: readonly Model[]): ImageRequest {
  const given = givenFields(body);
  const [first] = checkImageRequest(given, 'generations', models);
  if (first) throw problemError(first);
  return given as unknown as ImageRequest;
}

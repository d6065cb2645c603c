import type { JsonValue } from '../../bytes/json-stream';
import type { Model } from '../../models/model';
import { problemError, type ValidationProblem, validationProblem } from '../../validation';
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
  quote,
  typeName,
  wrongType,
} from '../options';

/** The most bytes that the body of a chat request may have: a conversation of 4K pictures. */
export const maxChatBytes = 150 * 1024 * 1024;

/** A part of a message's content. Unknown fields and kinds of block pass as they are. */
export type ContentBlock =
  | { type: 'text'; text: string; [field: string]: JsonValue }
  | { type: 'image_url'; image_url: { url: string; detail?: string }; [field: string]: JsonValue };

/** One message; assistant messages go back with every field that they came with. */
export interface WireMessage {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  content?: string | ContentBlock[] | null;
  [field: string]: unknown;
}

/** The fields of a chat body beside `messages`, as the wire has them. */
export interface TurnFields {
  model: string;
  stream?: boolean;
  stream_options?: { include_usage: boolean };
  modalities?: string[];
  imageConfig?: {
    aspectRatio?: string;
    imageSize?: string;
    imageOutputOptions?: { mimeType?: string; compressionQuality?: number };
  };
  [field: string]: unknown;
}

/** The body of `POST /chat/completions` (contract, "Gemini"). */
export interface ChatRequest extends TurnFields {
  messages: WireMessage[];
}

// `tool`: a client that sends `tools` answers their calls.
const roles = ['system', 'developer', 'user', 'assistant', 'tool'];

// Beside the model's options: OpenAI's documented fields, which are handed on as they are.
const takenFields = [
  'model',
  'messages',
  'stream',
  'stream_options',
  'imageConfig.aspectRatio',
  'imageConfig.imageSize',
  'temperature',
  'top_p',
  'max_tokens',
  'max_completion_tokens',
  'seed',
  'stop',
  'n',
  'user',
  'safety_identifier',
  'metadata',
  'frequency_penalty',
  'presence_penalty',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'response_format',
  'reasoning_effort',
  'verbosity',
  'modalities',
  'audio',
  'prediction',
  'store',
  'service_tier',
  'prompt_cache_key',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
];

/** Writes a request as the body of `POST /chat/completions`. */
export function encodeChat(request: ChatRequest): string {
  return JSON.stringify(request);
}

/**
 * Checks a parsed chat body. A top-level field that is `null` counts as left out.
 * @throws ApiError the first problem
 */
export function decodeChat(body: JsonValue, models: readonly Model[]): ChatRequest {
  const given = givenFields(body);
  const [first] = checkChat(given, models);
  if (first) throw problemError(first);
  return given as unknown as ChatRequest;
}

/** Every problem of a chat body, most basic first; empty if it may be sent. */
export function checkChat(body: JsonValue, models: readonly Model[]): ValidationProblem[] {
  if (!isObject(body)) {
    const values = { actual: typeName(body) };
    return [validationProblem({ param: null, reason: 'body_not_object', values })];
  }
  const found = checkModel(body, 'chat', models);
  if ('problem' in found) return [found.problem];
  const { model } = found;
  return [
    ...checkUnknownFields({ body, model, endpoint: 'chat', taken: takenFields }),
    ...checkMessages(body.messages),
    ...checkPictureSize(body, model),
    ...checkOptions(body, model, 'chat'),
    ...checkSampling(body),
  ];
}

function checkMessages(messages: JsonValue | undefined): ValidationProblem[] {
  const param = 'messages';
  if (!isGiven(messages)) {
    return [validationProblem({ code: 'missing_parameter', param, reason: 'missing_messages' })];
  }
  if (!Array.isArray(messages)) return [wrongType(param, 'array', messages)];
  if (messages.length === 0) {
    return [validationProblem({ param, reason: 'missing_messages' })];
  }
  return messages.flatMap((message, index) => checkMessage(message, `messages[${index}]`));
}

function checkMessage(message: JsonValue, param: string): ValidationProblem[] {
  if (!isObject(message)) return [wrongType(param, 'object', message)];
  const { role, content } = message;
  if (typeof role !== 'string' || !roles.includes(role)) {
    const values = { value: quote(role), allowed: roles.join(', ') };
    return [validationProblem({ param: `${param}.role`, reason: 'message_role', values })];
  }
  if (isText(content)) return [];
  // An assistant's turn may be pictures alone, in a field of their own.
  if (!isGiven(content) && role === 'assistant') return [];
  if (!Array.isArray(content)) {
    return [validationProblem({ param: `${param}.content`, reason: 'message_content' })];
  }
  return content.flatMap((block, index) =>
    checkBlock(block, { role, param: `${param}.content[${index}]` }),
  );
}

function checkBlock(
  block: JsonValue,
  { role, param }: { role: string; param: string },
): ValidationProblem[] {
  if (!isObject(block)) return [wrongType(param, 'object', block)];
  // The gateway wrote it itself, whatever it is, and has to get it back as it came.
  if (role === 'assistant') return [];
  if (block.type === 'text') {
    return isText(block.text) ? [] : [wrongType(`${param}.text`, 'string', block.text)];
  }
  if (block.type !== 'image_url') {
    return isText(block.type) ? [] : [wrongType(`${param}.type`, 'string', block.type)];
  }
  const { image_url } = block;
  if (!isObject(image_url)) return [wrongType(`${param}.image_url`, 'object', image_url)];
  return isText(image_url.url)
    ? []
    : [wrongType(`${param}.image_url.url`, 'string', image_url.url)];
}

function checkPictureSize(body: JsonObject, { sizes }: Model): ValidationProblem[] {
  const { imageConfig } = body;
  if (!isObject(imageConfig)) return [];
  const { aspectRatio, imageSize } = imageConfig;
  const ratios = Object.keys(sizes.table);
  if (isGiven(aspectRatio) && !ratios.some((ratio) => ratio === aspectRatio)) {
    return [notListed('imageConfig.aspectRatio', aspectRatio, ratios)];
  }
  const ratio = typeof aspectRatio === 'string' ? aspectRatio : (ratios[0] ?? '');
  const levels = Object.keys(sizes.table[ratio] ?? {});
  if (isGiven(imageSize) && !levels.some((level) => level === imageSize)) {
    return [notListed('imageConfig.imageSize', imageSize, levels)];
  }
  return [];
}

// OpenAI's own fields: only what would be a mistake for any model is refused.
function checkSampling(body: JsonObject): ValidationProblem[] {
  const integer = (param: string, min: number, max: number) => {
    const value = body[param];
    const wrong = isGiven(value) ? checkInteger({ param, value, min, max }) : undefined;
    return wrong ? [wrong] : [];
  };
  const number = (param: string, min: number, max: number) => {
    const value = body[param];
    if (!isGiven(value)) return [];
    if (typeof value !== 'number') return [wrongType(param, 'number', value)];
    if (value >= min && value <= max) return [];
    return [
      validationProblem({ param, reason: 'number_out_of_range', values: { min, max, value } }),
    ];
  };
  const typed = (param: string, expected: string, holds: (value: JsonValue) => boolean) => {
    const value = body[param];
    return isGiven(value) && !holds(value) ? [wrongType(param, expected, value)] : [];
  };
  const limit = Number.MAX_SAFE_INTEGER;
  return [
    ...typed('stream', 'boolean', (value) => typeof value === 'boolean'),
    ...typed('stream_options', 'object', isObject),
    ...typed('metadata', 'object', isObject),
    ...typed('user', 'string', isText),
    ...typed('safety_identifier', 'string', isText),
    ...typed('stop', 'string or array', (value) => isText(value) || Array.isArray(value)),
    ...number('temperature', 0, 2),
    ...number('top_p', 0, 1),
    ...integer('n', 1, 1),
    ...integer('seed', -limit, limit),
    ...integer('max_tokens', 1, limit),
    ...integer('max_completion_tokens', 1, limit),
  ];
}

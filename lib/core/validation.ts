import { ApiError, type ErrorCode } from './api-error';

/**
 * What can be wrong with a request, in English, with the values in braces. The pages use the same
 * sentences (lib/i18n has them in Chinese), so a form and the API say the same of the same mistake.
 */
export const problemWords = {
  body_not_object: 'The request body must be a JSON object, not {actual}.',
  missing_model: 'model is missing. Use one of {models}.',
  missing_prompt: 'prompt is missing. Describe the picture.',
  missing_messages: 'messages is missing. Send at least one message with a role and content.',
  missing_image: 'image is missing. Attach one picture as image, or several as image[].',
  prompt_empty: 'The prompt is empty. Describe the picture.',
  prompt_too_long: 'The prompt has {count} characters; {model} accepts at most {max}.',
  wrong_type: '{param} must be of type {expected}, not {actual}.',
  value_not_listed: '{param} cannot be {value}. Allowed: {allowed}.',
  value_out_of_range: '{param} must be a whole number from {min} to {max}, not {value}.',
  number_out_of_range: '{param} must be a number from {min} to {max}, not {value}.',
  value_needs_option: '{param} {value} requires {option} {allowed}, not {actual}.',
  value_too_long: '{param} has {count} characters; the limit is {max}.',
  unknown_parameter: '{param} is not supported. {model} accepts {allowed}.',
  parameter_twice: '{param} was sent twice. Send it once.',
  model_unknown: 'The model {value} does not exist. Available: {models}.',
  model_not_here: '{model} cannot be used for {endpoint}. Available: {models}.',
  size_malformed: 'A size must be WIDTHxHEIGHT in whole pixels, such as {example}, not {value}.',
  size_not_listed: '{model} does not support the size {value}. Allowed: {allowed}.',
  size_step:
    'Width and height must be multiples of {step} pixels; in {value} they are not. Nearest: {nearest}.',
  size_side:
    'The longer side is limited to {max} pixels; {value} has {actual}. Nearest: {nearest}.',
  size_ratio: 'The aspect ratio is limited to {max}:1; {value} is {actual}:1. Nearest: {nearest}.',
  size_too_small:
    'A size must have at least {min} pixels in total; {value} has {actual}. Nearest: {nearest}.',
  size_too_large:
    'A size can have at most {max} pixels in total; {value} has {actual}. Nearest: {nearest}.',
  too_many_references: '{model} accepts at most {max} references; there are {count}.',
  file_too_large: '{param} is larger than {max} bytes, the limit for one file.',
  file_format: '{param} must be {allowed}, but its content is not.',
  file_empty: '{param} is an empty file.',
  file_expected: '{param} must be a file.',
  file_unexpected: '{param} must be text, not a file.',
  file_unknown:
    '{param} is no file of this endpoint. Send one picture as image, several as image[] each, and a mask as mask.',
  empty_after_file:
    '{param} is empty and comes after the first file. Leave it out, or send it before the first file.',
  mask_size:
    'The mask is {actual}; it must have exactly the size of the first picture, {expected}.',
  mask_unsupported: '{model} does not support masks.',
  references_unsupported: '{model} does not take pictures.',
  message_role: '{param} must be one of {allowed}, not {value}.',
  message_content: '{param} must be a string or a list of text and image_url blocks.',
  message_empty: 'The message is empty. Write something or add a picture.',
  answer_under_way: 'The previous answer is not finished. Wait for it or stop it.',
  conversation_too_large:
    'The request has about {megabytes} MB; the limit is {max} MB. Leave out some pictures.',
} as const;

export type ProblemReason = keyof typeof problemWords;

/** One thing that is wrong with a request, in a form that can be said in any language. */
export interface ValidationProblem {
  code: Extract<
    ErrorCode,
    | 'invalid_value'
    | 'missing_parameter'
    | 'unknown_parameter'
    | 'model_not_found'
    | 'request_too_large'
  >;
  param: string | null;
  reason: ProblemReason;
  values: Record<string, string | number>;
}

/** The names that stand in braces in a sentence. */
type NamesIn<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What the sentence of a reason needs; for one of several reasons, what any of them needs. */
type ValuesFor<Reason extends ProblemReason> = Record<
  Exclude<NamesIn<(typeof problemWords)[Reason]>, 'param'>,
  string | number
>;

/**
 * Makes a problem. A value that its sentence needs and that is not given does not compile; `param`
 * need not be given, since every sentence can use it.
 */
export function validationProblem<Reason extends ProblemReason>({
  code = 'invalid_value',
  param,
  reason,
  values,
}: {
  code?: ValidationProblem['code'];
  param: string | null;
  reason: Reason;
} & (Record<string, never> extends ValuesFor<Reason>
  ? { values?: ValuesFor<Reason> }
  : { values: ValuesFor<Reason> })): ValidationProblem {
  return { code, param, reason, values: { ...(param === null ? {} : { param }), ...values } };
}

/** The problem in English, as the API says it. */
export function problemMessage({ reason, values }: ValidationProblem): string {
  return problemWords[reason].replace(/\{(\w+)\}/g, (_, name: string) =>
    shorten(String(values[name] ?? '…')),
  );
}

/** The problem as the error that the API throws. */
export function problemError(found: ValidationProblem): ApiError {
  return new ApiError({ code: found.code, message: problemMessage(found), param: found.param });
}

// A value is quoted back so that it can be recognised, not so that it can fill a log.
function shorten(text: string): string {
  const characters = [...text.slice(0, 400)];
  return text.length > 200 ? `${characters.slice(0, 120).join('')}…` : text;
}

/**
 * The length of a text as the contract counts it: Unicode code points, so that an emoji or a rare
 * Chinese character counts as one.
 */
export function countCharacters(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const isHighSurrogate = unit >= 0xd800 && unit <= 0xdbff;
    const next = isHighSurrogate ? text.charCodeAt(index + 1) : 0;
    if (next >= 0xdc00 && next <= 0xdfff) index++;
    count++;
  }
  return count;
}

import { ApiError, type ErrorCode } from './api-error';

/**
 * What can be wrong with a request, in English, with the values in braces. The pages use the same
 * sentences (lib/i18n has them in Chinese), so a form and the API say the same of the same mistake.
 */
export const problemWords = {
  body_not_object: 'The body must be a JSON object, not {actual}.',
  missing_model: 'model is missing: name one of {models}.',
  missing_prompt: 'prompt is missing: say what the picture should show.',
  missing_messages: 'messages is missing: send at least one message with a role and content.',
  missing_image: 'image is missing: attach one picture as image, or several as image[].',
  missing_field: '{param} is missing.',
  prompt_empty: 'The prompt is empty: say what the picture should show.',
  prompt_too_long: 'The prompt has {count} characters; {model} takes at most {max}.',
  wrong_type: '{param} must be of type {expected}, not {actual}.',
  value_not_listed: '{param} cannot be {value}; possible here: {allowed}.',
  value_out_of_range: '{param} must be a whole number from {min} to {max}, not {value}.',
  number_out_of_range: '{param} must be a number from {min} to {max}, not {value}.',
  value_needs_option: '{param} {value} needs {option} {allowed}; it is {actual} here.',
  value_too_long: '{param} has {count} characters; at most {max} are taken.',
  unknown_parameter: '{param} is not a parameter here; {model} takes {allowed}.',
  parameter_twice: '{param} was sent twice; send it once.',
  model_unknown: 'There is no model {value}; there are {models}.',
  model_not_here: '{model} cannot be used for {endpoint}; these can: {models}.',
  size_malformed:
    'A size is written as WIDTHxHEIGHT in whole pixels, such as {example}; not {value}.',
  size_not_listed: '{value} is no size of {model}; it takes {allowed}.',
  size_step: 'Both sides must be multiples of {step} pixels; {value} is not. Nearest: {nearest}.',
  size_side:
    'The longer side may have at most {max} pixels; {value} has {actual}. Nearest: {nearest}.',
  size_ratio:
    'The sides may differ by at most {max} to 1; {value} is {actual} to 1. Nearest: {nearest}.',
  size_too_small:
    'At least {min} pixels in all are needed; {value} has {actual}. Nearest: {nearest}.',
  size_too_large:
    'At most {max} pixels in all are possible; {value} has {actual}. Nearest: {nearest}.',
  too_many_references: '{model} takes at most {max} reference pictures; there are {count}.',
  file_too_large: '{param} has more than {max} bytes, the most that one file may have.',
  file_format: '{param} must be {allowed}; its first bytes are not.',
  file_empty: '{param} is an empty file.',
  file_expected: '{param} must be a file.',
  file_unexpected: '{param} must be text, not a file.',
  mask_size: 'The mask is {actual}; it must be exactly as large as the first picture, {expected}.',
  mask_unsupported: '{model} takes no mask.',
  message_role: '{param} must be one of {allowed}, not {value}.',
  message_content: '{param} must be a string or a list of text and image_url blocks.',
  message_empty: 'The message is empty: write something, or add a picture.',
  answer_under_way: 'The answer before it is not there yet: wait for it, or stop it.',
  conversation_too_large:
    'The request would have about {megabytes} MB, and at most {max} MB are taken: leave out pictures.',
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

/** Makes a problem; `values` may leave out `param`, which every sentence can use. */
export function validationProblem({
  code = 'invalid_value',
  param,
  reason,
  values = {},
}: {
  code?: ValidationProblem['code'];
  param: string | null;
  reason: ProblemReason;
  values?: Record<string, string | number>;
}): ValidationProblem {
  return { code, param, reason, values: { ...(param === null ? {} : { param }), ...values } };
}

/** The problem in English, as the API says it. */
export function problemMessage({ reason, values }: ValidationProblem): string {
  return problemWords[reason].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : shorten(String(value));
  });
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

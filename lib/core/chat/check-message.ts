import { checkChat, maxChatBytes } from '../endpoints/chat/request';
import type { JsonObject } from '../endpoints/options';
import type { Model } from '../models/model';
import { isInFlight } from '../runs/run-state';
import { countCharacters, type ValidationProblem, validationProblem } from '../validation';
import type { AttachedPicture, ChatMessage } from './message';
import { type ChatSettings, chatModel, turnFields } from './settings';

/**
 * Everything that keeps a message from being sent, most basic first.
 * @param path the messages before it
 */
export function checkMessage({
  path,
  text,
  pictures,
  bytes,
  settings,
  models,
}: {
  path: readonly ChatMessage[];
  text: string;
  pictures: readonly AttachedPicture[];
  /** Of the request's body. */
  bytes: number;
  settings: ChatSettings;
  models: readonly Model[];
}): ValidationProblem[] {
  const model = chatModel(settings, models);
  if (!model) {
    return [validationProblem({ param: 'model', reason: 'missing_model', values: { models: '' } })];
  }
  const found: ValidationProblem[] = [];
  const say = (reason: ValidationProblem['reason'], values: ValidationProblem['values'] = {}) =>
    found.push(validationProblem({ param: 'messages', reason, values }));
  if (text.trim() === '' && pictures.length === 0) say('message_empty');
  // What is sent must be the same at a repeat, so it cannot contain what still changes.
  if (path.some((message) => message.role === 'assistant' && isInFlight(message))) {
    say('answer_under_way');
  }
  const count = countCharacters(text);
  const { maxCharacters } = model.prompt;
  if (maxCharacters !== null && count > maxCharacters) {
    say('prompt_too_long', { count, max: maxCharacters, model: model.id });
  }
  const max = model.references?.max ?? 0;
  if (pictures.length > max) {
    say('too_many_references', { count: pictures.length, max, model: model.id });
  }
  if (bytes > maxChatBytes) {
    say('conversation_too_large', {
      megabytes: inMegabytes(bytes),
      max: inMegabytes(maxChatBytes),
    });
  }
  return [...found, ...checkSettings(settings, model)];
}

/** What is wrong with the settings of a conversation at a model. */
export function checkSettings(settings: ChatSettings, model: Model): ValidationProblem[] {
  const body = { ...turnFields(settings, model), messages: [{ role: 'user', content: '' }] };
  // A number field that is empty has no number to quote.
  return checkChat(body as JsonObject, [model]).map((found) =>
    Number.isNaN(found.values.value)
      ? { ...found, values: { ...found.values, value: '“”' } }
      : found,
  );
}

function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}

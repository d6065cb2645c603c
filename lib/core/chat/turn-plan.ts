import { checkChat, maxChatBytes } from '../endpoints/chat/chat-request';
import { checkChosenModel } from '../endpoints/chosen-model';
import type { JsonObject } from '../endpoints/options';
import type { Model } from '../models/model';
import type { StoredPicture } from '../pictures/stored-picture';
import { isInFlight } from '../runs/run-state';
import { countCharacters, type ValidationProblem, validationProblem } from '../validation';
import type { ChatSettings } from './conversation';
import {
  type AttachedPicture,
  type ChatMessage,
  createUserMessage,
  pictureKey,
  type TurnRequest,
} from './message';
import { chatModel, turnFields } from './settings';
import { type BodyPiece, turnBody } from './turn-body';

/** A request of a chat turn, before it is known which pictures it carries. */
export type TurnBase = Omit<TurnRequest, 'pictures'>;

/** A picture of a conversation, and whether the next request sends it. */
export interface PlannedPicture extends Omit<StoredPicture, 'hash'> {
  /** Its `pictureKey`. */
  key: string;
  message: string;
  role: ChatMessage['role'];
  /** Null if the answer gave only the picture's address. */
  hash: string | null;
  isSent: boolean;
  /** Whether it is sent if the user has chosen nothing. */
  isUsual: boolean;
}

/** What the next request will send. */
export interface TurnPlan {
  /** Every picture of the path, in its order. */
  pictures: PlannedPicture[];
  sent: number;
  leftOut: number;
  /** Of the request's body, in which base64 makes four bytes of three. */
  bytes: number;
  /** How the pictures of answers are sent. */
  picturesAs: TurnBase['picturesAs'];
  /** Whether the model takes pictures. */
  takesPictures: boolean;
}

/** What decides which pictures are sent. */
interface Choices {
  /** The messages from the first to the one that is to be answered. */
  path: readonly ChatMessage[];
  /** Where the user has chosen other than usual, by `pictureKey`. */
  choices: Readonly<Record<string, boolean>>;
  /** Whether the model takes pictures. */
  takesPictures: boolean;
}

/**
 * The base of a request for the message at the end of a path, from the settings as they are now. If
 * the last request to this model sent the pictures of answers as the user's own, because the model
 * had refused them otherwise, this one does so too.
 */
export function turnBase(
  path: readonly ChatMessage[],
  settings: ChatSettings,
  model: Model,
): TurnBase {
  const before = path.findLast(
    (message) => message.role === 'assistant' && message.request.fields.model === model.id,
  );
  return {
    fields: turnFields(settings, model),
    systemPrompt: settings.systemPrompt,
    picturesAs: before?.role === 'assistant' ? before.request.picturesAs : 'blocks',
  };
}

/**
 * Every picture of a path, and whether it is sent with the last message. Usually sent are the message's
 * own pictures and those of the latest earlier message that has any, because that is what the user
 * wants changed. Older pictures are left out, and the page says so.
 */
export function planPictures({ path, choices, takesPictures }: Choices): PlannedPicture[] {
  const all = path.map((message) => ({ message, pictures: picturesIn(message) }));
  const last = path.length - 1;
  const latest = all.findLastIndex(({ pictures }, index) => index < last && pictures.length > 0);
  return all.flatMap(({ message, pictures: its }, place) =>
    its.map((picture): PlannedPicture => {
      const key = pictureKey(message.id, picture.index);
      const isUsual = place === last || place === latest;
      const { hash, byteLength, header } = picture;
      const isSent = takesPictures && (choices[key] ?? isUsual);
      return {
        key,
        message: message.id,
        role: message.role,
        hash,
        byteLength,
        header,
        isSent,
        isUsual,
      };
    }),
  );
}

/** Plans the request for the last message of a path. This encodes the body once, to measure it. */
export function planTurn({ base, ...chosen }: Choices & { base: TurnBase }): TurnPlan {
  const pictures = planPictures(chosen);
  const { path, takesPictures } = chosen;
  const sent = pictures.filter(({ isSent }) => isSent).map(({ key }) => key);
  const body = turnBody(path, { ...base, pictures: sent }, 'nonce');
  return {
    pictures,
    sent: sent.length,
    leftOut: pictures.length - sent.length,
    bytes: body.reduce((sum, piece) => sum + bytesOf(piece), 0),
    picturesAs: base.picturesAs,
    takesPictures,
  };
}

/**
 * The same for a message that is being written, but for its text: that changes with each key, and the
 * body may be megabytes. Its bytes are to be added.
 */
export function planDraft({
  path,
  pictures,
  ...rest
}: Choices & { pictures: readonly AttachedPicture[]; base: TurnBase }): TurnPlan {
  const own = { id: '', conversation: '', parent: null, now: 0 };
  const draft = createUserMessage({ ...own, text: '', pictures });
  return planTurn({ ...rest, path: [...path, draft] });
}

/** What a request sends back of earlier answers besides words; a gateway may refuse it. */
export function broughtBack(
  path: readonly ChatMessage[],
  request: TurnRequest,
): 'pictures' | 'fields' | 'words' {
  const answers = path.filter((message) => message.role === 'assistant');
  if (request.picturesAs === 'user' || answers.length === 0) return 'words';
  const isSent = ({ id, parts }: (typeof answers)[number]) =>
    parts.some((_, index) => request.pictures.includes(pictureKey(id, index)));
  if (answers.some(isSent)) return 'pictures';
  const hasFields = ({ fields, parts }: (typeof answers)[number]) =>
    Object.keys(fields).length > 0 ||
    parts.some(({ kind, ...part }) => kind === 'other' || ('fields' in part && part.fields));
  return answers.some(hasFields) ? 'fields' : 'words';
}

function picturesIn(message: ChatMessage) {
  if (message.role === 'user') {
    return message.pictures.map(({ hash, byteLength, header }, index) => {
      return { index, hash: hash as string | null, byteLength, header };
    });
  }
  return message.parts.flatMap((part, index) => {
    if (part.kind === 'link') return [{ index, hash: null, byteLength: 0, header: undefined }];
    if (part.kind !== 'picture') return [];
    const { hash, byteLength, header } = part;
    return [{ index, hash: hash as string | null, byteLength, header }];
  });
}

/** The UTF-8 bytes of a piece once it is written; the pieces of pictures are base64. */
function bytesOf(piece: BodyPiece): number {
  if (typeof piece === 'string') return utf8Bytes(piece);
  const { byteLength, writing } = piece;
  const prefix = utf8Bytes(JSON.stringify(writing.prefix)) - 2;
  return (
    prefix + (writing.isPadded ? Math.ceil(byteLength / 3) * 4 : Math.ceil((byteLength * 4) / 3))
  );
}

/** The bytes of a text as UTF-8. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

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
  const found = checkChosenModel(settings.model, 'chat', models);
  const param = 'messages';
  if (text.trim() === '' && pictures.length === 0) {
    found.push(validationProblem({ param, reason: 'message_empty' }));
  }
  // A repeat must send the same bytes, so a message that still changes cannot be part of it.
  if (path.some((message) => message.role === 'assistant' && isInFlight(message))) {
    found.push(validationProblem({ param, reason: 'answer_under_way' }));
  }
  const count = countCharacters(text);
  const { maxCharacters } = model.prompt;
  if (maxCharacters !== null && count > maxCharacters) {
    const values = { count, max: maxCharacters, model: model.id };
    found.push(validationProblem({ param, reason: 'prompt_too_long', values }));
  }
  const max = model.references?.max ?? 0;
  if (pictures.length > max) {
    const values = { count: pictures.length, max, model: model.id };
    found.push(validationProblem({ param, reason: 'too_many_references', values }));
  }
  if (bytes > maxChatBytes) {
    const values = { megabytes: inMegabytes(bytes), max: inMegabytes(maxChatBytes) };
    found.push(validationProblem({ param, reason: 'conversation_too_large', values }));
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

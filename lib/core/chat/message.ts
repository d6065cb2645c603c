import type { ErrorEnvelope } from '../api-error';
import type { ChatUsage, Fields, Lifted } from '../endpoints/chat/answer';
import type { TurnFields } from '../endpoints/chat/chat-request';
import type { PictureWriting, UnusableReason } from '../endpoints/picture-base64';
import type { NamedPicture, PictureSlot } from '../pictures/stored-picture';
import { type LocalRun, newLocalRun } from '../runs/run-state';

/** A picture that a designer has put into a message; its file is kept under its hash. */
export interface AttachedPicture extends NamedPicture {
  id: string;
}

interface InConversation {
  /** The id of the conversation that it belongs to. */
  conversation: string;
  /** The id of the message before it; null: it begins the conversation. */
  parent: string | null;
}

/** What a designer said. Never changed: an edited message is another one beside it. */
export interface UserMessage extends InConversation {
  role: 'user';
  id: string;
  /** By this browser's clock, in ms since 1970. */
  createdAt: number;
  text: string;
  pictures: AttachedPicture[];
}

/** A complete picture of an answer, with what is needed to send it back unchanged. */
export interface AnswerPicture extends PictureSlot {
  /** Every field of its block, with an empty address. */
  block: Fields;
  /** How its base64 was written: prefix, alphabet, padding. */
  writing: PictureWriting;
}

/** Why an answer's picture cannot be shown. `broken_off`: the answer ended before it did. */
export type UnusablePart = UnusableReason | 'broken_off';

/** A part of an answer, in the order in which they came. */
export type AnswerPart =
  /** `fields`: further fields of its block; such a text is a block of its own. */
  | { kind: 'text'; text: string; fields: Fields | null }
  /** A picture that is still arriving, and its decoded bytes so far. Always the last part. */
  | { kind: 'arriving'; bytes: number }
  | AnswerPicture
  /** An http(s) address. It is sent back unchanged. */
  | { kind: 'link'; url: string; host: string; block: Fields }
  /** `mediaType`: the type that it claims, if any. It is not sent back. */
  | { kind: 'unusable'; reason: UnusablePart; mediaType: string | null }
  /** A block of an unknown type; it is sent back unchanged. */
  | { kind: 'other'; block: Fields };

/** The settings of a turn as they were when it was sent. Plain data. */
export interface TurnRequest {
  /** The fields of the body beside `messages`, as the wire has them. */
  fields: TurnFields;
  systemPrompt: string;
  /** The pictures that are sent with it, by `pictureKey`. */
  pictures: string[];
  /**
   * `blocks`: each picture in the message that it came with. `user`: pictures of answers as the
   * designer's own, without what the gateway wrote beside them.
   */
  picturesAs: 'blocks' | 'user';
}

/** What has arrived of an answer so far. */
export interface AnswerContents {
  parts: AnswerPart[];
  /** Unknown fields of the assistant's message; they are sent back unchanged. */
  fields: Fields;
  /** The pictures that the tokens in unknown fields and blocks stand for. */
  lifted: Lifted;
  /** `stop`, `length`, `content_filter` …; null as long as nothing was said. */
  finishReason: string | null;
  usage: ChatUsage | null;
  /** An error that the gateway sent in the midst of its answer. */
  error: ErrorEnvelope['error'] | null;
  /** How many events of the stream were skipped because they are no JSON. */
  unreadable: number;
}

/** An answer: a run, and what has arrived of it so far. */
export interface Answer extends InConversation, LocalRun, AnswerContents {
  role: 'assistant';
  endpoint: 'chat';
  request: TurnRequest;
}

export type ChatMessage = UserMessage | Answer;

/** Which turns are comparable in how long they take: of one model, level and kind of answer. */
export function kindOfTurn({ fields }: Pick<TurnRequest, 'fields'>): string {
  const { model, imageConfig, modalities = [] } = fields;
  return ['chat', model, imageConfig?.imageSize ?? '', ...modalities].join(' ');
}

/** A picture by its place: the message, and the place among the message's pictures or parts. */
export function pictureKey(message: string, index: number): string {
  return `${message}/${index}`;
}

/** A new user message, before it is sent. */
export function createUserMessage({
  id,
  conversation,
  parent,
  now,
  text,
  pictures,
}: {
  id: string;
  conversation: string;
  parent: string | null;
  now: number;
  text: string;
  pictures: readonly AttachedPicture[];
}): UserMessage {
  return {
    role: 'user',
    id,
    conversation,
    parent,
    createdAt: now,
    text,
    pictures: [...pictures],
  };
}

/** A new answer, before its request is sent. */
export function createAnswer({
  id,
  conversation,
  parent,
  now,
  request,
}: {
  id: string;
  conversation: string;
  parent: string;
  now: number;
  request: TurnRequest;
}): Answer {
  return {
    role: 'assistant',
    endpoint: 'chat',
    ...newLocalRun({ id, now }),
    conversation,
    parent,
    request,
    ...nothingSaid(),
  };
}

/** The contents of an answer before the first byte of each try. */
export function nothingSaid(): AnswerContents {
  return {
    parts: [],
    fields: {},
    lifted: {},
    finishReason: null,
    usage: null,
    error: null,
    unreadable: 0,
  };
}

/** The hashes of the files that a message needs. */
export function picturesOfMessage(message: ChatMessage): string[] {
  const found =
    message.role === 'user'
      ? message.pictures
      : [
          ...message.parts.filter((part) => part.kind === 'picture'),
          ...Object.values(message.lifted),
        ];
  return [...new Set(found.map(({ hash }) => hash))];
}

/** Whether a part was made on the way to the answer; Gemini marks its thoughts so. */
export function isDraft(part: AnswerPart): boolean {
  if (part.kind === 'text') return part.fields?.thought === true;
  return part.kind === 'picture' && part.block.thought === true;
}

/** The text of an answer, without its pictures; of a refusal, what the gateway said instead. */
export function textOfAnswer({ parts, fields }: Pick<Answer, 'parts' | 'fields'>): string {
  const text = parts
    .map((part) => (part.kind === 'text' && !isDraft(part) ? part.text : ''))
    .join('');
  if (text !== '' || typeof fields.refusal !== 'string') return text;
  return fields.refusal;
}

/**
 * What is seen of an answer, with the places among its parts. Texts next to each other are one: a
 * gateway may write fields beside every word.
 */
export function shownParts(
  answer: Pick<Answer, 'parts' | 'fields'>,
): { index: number; part: AnswerPart }[] {
  const shown: { index: number; part: AnswerPart }[] = [];
  for (const [index, part] of answer.parts.entries()) {
    const last = shown.at(-1);
    if (part.kind !== 'text') shown.push({ index, part });
    else if (part.text === '') continue;
    else if (last?.part.kind === 'text' && isDraft(last.part) === isDraft(part)) {
      last.part = { ...last.part, text: last.part.text + part.text };
    } else
      shown.push({ index, part: { ...part, fields: isDraft(part) ? { thought: true } : null } });
  }
  const isSilent = shown.every(({ part }) => part.kind !== 'text');
  const text = textOfAnswer(answer);
  if (!isSilent || text === '') return shown;
  return [...shown, { index: answer.parts.length, part: { kind: 'text', text, fields: null } }];
}

import type { ErrorEnvelope } from '../api-error';
import type { ChatUsage, Fields, Lifted } from '../endpoints/chat/answer';
import type { TurnFields } from '../endpoints/chat/chat-request';
import type { PictureWriting, UnusableReason } from '../endpoints/chat/picture-base64';
import type { NamedPicture } from '../pictures/stored-picture';
import type { PictureSlot } from '../runs/run-entry';
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

/** A picture of an answer that has arrived whole, and what it needs to go back as it came. */
export interface AnswerPicture extends PictureSlot {
  /** Every field of its block, with an empty address. */
  block: Fields;
  /** How its address was written, which takes no more than a few words to say. */
  writing: PictureWriting;
}

/** Why an answer's picture cannot be shown. `broken_off`: the answer ended before it did. */
export type UnusablePart = UnusableReason | 'broken_off';

/** A part of an answer, in the order in which they came. */
export type AnswerPart =
  /** `fields`: further fields of its block; such a text is a block of its own. */
  | { kind: 'text'; text: string; fields: Fields | null }
  /** A picture of which bytes are still to come: so many, decoded, are there. Always the last. */
  | { kind: 'arriving'; bytes: number }
  | AnswerPicture
  /** An http(s) address. It goes back as it came. */
  | { kind: 'link'; url: string; host: string; block: Fields }
  /** `mediaType`: what it claims to be, if it claims anything. It does not go back. */
  | { kind: 'unusable'; reason: UnusablePart; mediaType: string | null }
  /** A block that this app does not know; it goes back as it came. */
  | { kind: 'other'; block: Fields };

/** What a turn asks for besides its messages, decided when it was sent. Plain data. */
export interface TurnRequest {
  /** The fields of the body beside `messages`, as the wire has them. */
  fields: TurnFields;
  systemPrompt: string;
  /** The pictures that go along, by `pictureKey`. */
  pictures: string[];
  /**
   * `blocks`: each picture in the message that it came with. `user`: pictures of answers as the
   * designer's own, without what the gateway wrote beside them.
   */
  picturesAs: 'blocks' | 'user';
}

/** An answer: a run, and what has come of it so far. */
export interface Answer extends InConversation, LocalRun {
  role: 'assistant';
  endpoint: 'chat';
  request: TurnRequest;
  parts: AnswerPart[];
  /** Fields of the assistant's message that this app does not know; they go back as they came. */
  fields: Fields;
  /** What the tokens in unknown fields and blocks stand for: pictures in places of their own. */
  lifted: Lifted;
  /** `stop`, `length`, `content_filter` …; null as long as nothing was said. */
  finishReason: string | null;
  usage: ChatUsage | null;
  /** An error that the gateway sent in the midst of its answer. */
  error: ErrorEnvelope['error'] | null;
  /** Events of the stream that are no JSON, and were passed over. */
  unreadable: number;
}

export type ChatMessage = UserMessage | Answer;

/** Which turns are comparable in how long they take: of one model, level and kind of answer. */
export function kindOfTurn({ fields }: TurnRequest): string {
  const { model, imageConfig, modalities = [] } = fields;
  return ['chat', model, imageConfig?.imageSize ?? '', ...modalities].join(' ');
}

/** A picture by its place: the message, and the place among the message's pictures or parts. */
export function pictureKey(message: string, index: number): string {
  return `${message}/${index}`;
}

/** What somebody says, before it is sent. */
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

/** An answer before anything was sent for it. */
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

/** What an answer holds before anything has come, and again when it is tried once more. */
export function nothingSaid(): Pick<
  Answer,
  'parts' | 'fields' | 'lifted' | 'finishReason' | 'usage' | 'error' | 'unreadable'
> {
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

import { type ErrorEnvelope, readErrorEnvelope } from '../../api-error';
import type { StoredPicture } from '../../pictures/stored-picture';
import { isCount } from '../images-answer';
import type { PictureWriting, UnusableReason } from '../picture-base64';

/** What a JSON object of the gateway holds, known here or not. */
export type Fields = Record<string, unknown>;

/** Token counts as the gateway states them, and whatever else it says of them. */
export interface ChatUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
  total_tokens?: number;
  [field: string]: unknown;
}
const counts = ['prompt_tokens', 'completion_tokens', 'total_tokens'];

/** A file that stands for a long text: the file's base64, written so. */
export interface LiftedText {
  hash: string;
  byteLength: number;
  writing: PictureWriting;
}

/** What the texts of pictures that were taken out of a value are, by the tokens in their places. */
export type Lifted = Record<string, LiftedText>;

/** What happens in a chat answer, in its order, streamed or not. */
export type ChatEvent =
  /** `fields`: further fields of its block, where it was one and has any. */
  | { type: 'text-delta'; text: string; fields?: Fields }
  /** Of the pictures that are still coming so many bytes are there. */
  | { type: 'arriving'; bytes: number }
  /** `block`: every field of its block, with an empty address. */
  | { type: 'picture'; picture: StoredPicture; writing: PictureWriting; block: Fields }
  | { type: 'link'; url: string; host: string; block: Fields }
  | { type: 'unusable'; reason: UnusableReason; mediaType: string | null }
  /** A block that this reader does not know; it has to go back. */
  | { type: 'block'; block: Fields; lifted: Lifted }
  /** A field of the assistant's message that this reader does not know; it has to go back. */
  | { type: 'message-field'; name: string; value: unknown; lifted: Lifted }
  | { type: 'finish'; reason: string }
  | { type: 'usage'; usage: ChatUsage }
  | { type: 'error'; envelope: ErrorEnvelope }
  | { type: 'unreadable'; data: string };

/** How the addresses of pictures are read, and what was lifted from unknown places. */
export interface ChunkReading {
  readUrl(url: string): AddressContent;
  /** What the tokens in a value stand for; undefined if one of them stands for nothing whole. */
  liftedIn(value: unknown): Lifted | undefined;
}

/** What the address of a picture is, once it is read. */
export type AddressContent =
  | { kind: 'picture'; picture: StoredPicture; writing: PictureWriting }
  | { kind: 'link'; url: string; host: string }
  | { kind: 'unusable'; reason: UnusableReason; mediaType: string | null };

/**
 * Reads one piece of an answer: a chunk of a stream, or the whole. A chunk has `delta` where a whole
 * answer has `message`; some gateways mix them up.
 */
export function readChatChunk(body: unknown, reading: ChunkReading): ChatEvent[] {
  const envelope = readErrorEnvelope(body);
  if (envelope) return [{ type: 'error', envelope }];
  if (!isFields(body)) return [];
  const choices = Array.isArray(body.choices) ? body.choices : [];
  const events = choices.filter(isFields).flatMap((choice): ChatEvent[] => {
    const message = isFields(choice.delta) ? choice.delta : choice.message;
    return [
      ...(isFields(message) ? readMessage(message, reading) : []),
      // Not streamed, the "Beta" models have their pictures beside the message.
      ...readBlocks(choice.images, reading),
      ...(typeof choice.finish_reason === 'string'
        ? [{ type: 'finish' as const, reason: choice.finish_reason }]
        : []),
    ];
  });
  if (isFields(body.usage)) events.push({ type: 'usage', usage: readUsage(body.usage) });
  return events;
}

// A count that is no number is no count.
function readUsage(usage: Fields): ChatUsage {
  const isGood = ([name, value]: [string, unknown]) => !counts.includes(name) || isCount(value);
  return Object.fromEntries(Object.entries(usage).filter(isGood));
}

function readMessage(message: Fields, reading: ChunkReading): ChatEvent[] {
  const { role: _role, content, images, ...unknown } = message;
  return [
    ...(typeof content === 'string' ? textDelta(content) : readBlocks(content, reading)),
    ...readBlocks(images, reading),
    ...Object.entries(unknown).map(([name, value]): ChatEvent => {
      const lifted = reading.liftedIn(value);
      return lifted ? { type: 'message-field', name, value, lifted } : brokenPart(name);
    }),
  ];
}

function readBlocks(blocks: unknown, reading: ChunkReading): ChatEvent[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.filter(isFields).flatMap((block): ChatEvent[] => {
    const { type, text, image_url: address, ...further } = block;
    if (typeof text === 'string' && (type === 'text' || type === undefined)) {
      const hasMore = Object.keys(further).length > 0;
      return hasMore ? [{ type: 'text-delta', text, fields: further }] : textDelta(text);
    }
    const url = isFields(address) ? address.url : address;
    if (typeof url === 'string') return [readPicture(block, url, reading)];
    const lifted = reading.liftedIn(block);
    return [
      lifted ? { type: 'block', block, lifted } : brokenPart(typeof type === 'string' ? type : ''),
    ];
  });
}

function readPicture(block: Fields, url: string, { readUrl }: ChunkReading): ChatEvent {
  const content = readUrl(url);
  switch (content.kind) {
    case 'picture': {
      const { picture, writing } = content;
      // Some gateways write the address alone, without an object round it.
      const { image_url: address } = block;
      const empty = isFields(address) ? { ...address, url: '' } : '';
      return { type: 'picture', picture, writing, block: { ...block, image_url: empty } };
    }
    case 'link':
      return { type: 'link', url: content.url, host: content.host, block };
    case 'unusable':
      return { type: 'unusable', reason: content.reason, mediaType: content.mediaType };
  }
}

// A picture in a place that this reader does not know, with base64 that cannot be made again.
function brokenPart(name: string): ChatEvent {
  return { type: 'unreadable', data: name };
}

function textDelta(text: string): ChatEvent[] {
  return text === '' ? [] : [{ type: 'text-delta', text }];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

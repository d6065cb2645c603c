import { type ErrorEnvelope, readErrorEnvelope } from '../../api-error';
import { mediaTypeOf } from '../../bytes/image-header';
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
  /** A whole message after pieces of it: it takes their place, but for pictures that it lacks. */
  | { type: 'replaced'; keepsPictures: boolean }
  | { type: 'finish'; reason: string }
  | { type: 'usage'; usage: ChatUsage }
  | { type: 'error'; envelope: ErrorEnvelope }
  | { type: 'unreadable'; data: string };

/** How the addresses of pictures are read, and what was lifted from unknown places. */
export interface ChunkReading {
  readUrl(url: string): AddressContent;
  /** The picture that stands in the place of words; undefined: they are words. */
  readPictureText(text: string): AddressContent | undefined;
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
  const events = choicesOf(body).flatMap((choice): ChatEvent[] => {
    const message = saysMore(choice.delta) ? choice.delta : (choice.message ?? choice.delta);
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

/** Whether a chunk continues a message. */
export function continuesMessage(body: unknown): boolean {
  return choicesOf(body).some(({ delta }) => saysMore(delta) && saysSomething(delta));
}

/** Whether a chunk holds a whole message, and no piece of one. */
export function holdsMessage(body: unknown): boolean {
  return choicesOf(body).some(({ delta, message }) => !saysMore(delta) && saysSomething(message));
}

function choicesOf(body: unknown): Fields[] {
  const choices = isFields(body) ? body.choices : undefined;
  return Array.isArray(choices) ? choices.filter(isFields) : [];
}

// A last chunk often has an empty delta, or one of the role alone.
function saysMore(delta: unknown): delta is Fields {
  return (
    isFields(delta) &&
    Object.entries(delta).some(([name, value]) => name !== 'role' && hasContent(value))
  );
}

function saysSomething(message: unknown): boolean {
  return isFields(message) && (hasContent(message.content) || hasContent(message.images));
}

function hasContent(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== '';
}

// A count that is no number is no count.
function readUsage(usage: Fields): ChatUsage {
  const isGood = ([name, value]: [string, unknown]) => !counts.includes(name) || isCount(value);
  return Object.fromEntries(Object.entries(usage).filter(isGood));
}

function readMessage(message: Fields, reading: ChunkReading): ChatEvent[] {
  const { role: _role, content, images, ...unknown } = message;
  return [
    ...(typeof content === 'string' ? readText(content, reading) : readBlocks(content, reading)),
    ...readBlocks(images, reading),
    ...Object.entries(unknown).map(([name, value]): ChatEvent => {
      const lifted = reading.liftedIn(value);
      return lifted ? { type: 'message-field', name, value, lifted } : brokenPart(name);
    }),
  ];
}

function readBlocks(blocks: unknown, reading: ChunkReading): ChatEvent[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap((block): ChatEvent[] => {
    // Some gateways list addresses alone.
    if (typeof block === 'string') return [pictureEvent({}, reading.readUrl(block))];
    if (!isFields(block)) return [];
    const { type, text, image_url: address, ...further } = block;
    if (typeof text === 'string' && (type === 'text' || type === undefined)) {
      const hasMore = Object.keys(further).length > 0;
      return hasMore ? [{ type: 'text-delta', text, fields: further }] : textDelta(text);
    }
    const url = isFields(address) ? address.url : address;
    if (typeof url === 'string') return [pictureEvent(block, reading.readUrl(url))];
    const other = otherForm(block);
    if (other) return [pictureEvent(other.block, reading.readUrl(other.text))];
    const lifted = reading.liftedIn(block);
    return [
      lifted ? { type: 'block', block, lifted } : brokenPart(typeof type === 'string' ? type : ''),
    ];
  });
}

/** The event of a picture, or of what stands in its place. @param block its other fields */
export function pictureEvent(block: Fields, content: AddressContent): ChatEvent {
  switch (content.kind) {
    case 'picture': {
      const { picture, writing } = content;
      const { image_url: address } = block;
      // What came in another form goes back in the form of the contract.
      if (address === undefined) {
        const whole = { type: 'image_url', ...block, image_url: { url: '' } };
        return { type: 'picture', picture, writing: withHead(writing, picture), block: whole };
      }
      // Some gateways write the address alone, without an object round it.
      const empty = isFields(address) ? { ...address, url: '' } : '';
      return { type: 'picture', picture, writing, block: { ...block, image_url: empty } };
    }
    case 'link': {
      const address = block.image_url ?? { url: content.url };
      return {
        type: 'link',
        url: content.url,
        host: content.host,
        block: { ...block, image_url: address },
      };
    }
    case 'unusable':
      return { type: 'unusable', reason: content.reason, mediaType: content.mediaType };
  }
}

/**
 * The text of a picture in a block that is not of the contract's form, as Gemini and image endpoints
 * write it, and the block without it.
 */
function otherForm(block: Fields): { text: string; block: Fields } | undefined {
  const { type, url, b64_json, inline_data, inlineData, ...further } = block;
  const inline = isFields(inline_data) ? inline_data : isFields(inlineData) ? inlineData : {};
  const isPicture = type === undefined || type === 'image' || type === 'image_url';
  const texts = [inline.data, ...(isPicture ? [b64_json, url] : [])];
  const text = texts.find((one): one is string => typeof one === 'string' && one !== '');
  return text === undefined ? undefined : { text, block: further };
}

// Only a data URL is understood wherever an address is.
function withHead(writing: PictureWriting, { header }: StoredPicture): PictureWriting {
  if (writing.prefix !== '' || !header) return writing;
  return { ...writing, prefix: `data:${mediaTypeOf(header.format)};base64,` };
}

// A picture alone, where words are usual.
function readText(text: string, reading: ChunkReading): ChatEvent[] {
  const content = reading.readPictureText(text);
  return content ? [pictureEvent({}, content)] : textDelta(text);
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

import { createHash, type Hash } from 'node:crypto';
import { ApiError } from '../core/api-error';
import { parsePictureUrl } from '../core/bytes/data-url';
import { formatErrorsAs } from '../core/bytes/format-error';
import {
  createJsonReader,
  type JsonPath,
  LongString,
  type StringSink,
} from '../core/bytes/json-stream';
import { type ChatRequest, decodeChat, maxChatBytes } from '../core/endpoints/chat/chat-request';
import { invalidJson } from '../core/endpoints/json-body';
import type { Model } from '../core/models/model';
import { readChunks } from './request-body';

/** A picture of a conversation and what its block says of it. */
interface Placed {
  picture: PictureText;
  message: number;
  byAssistant: boolean;
  signature: unknown;
}

/** A chat request with its pictures, and what the demo gateway draws from. */
export interface DemoConversation {
  body: ChatRequest;
  /** Text of the last user message. */
  prompt: string;
  /** Text of all user messages, where words that hold for the whole conversation may stand. */
  userText: string;
  /** All text, for counting. */
  text: string;
  /** Which turn of the user this is, from 1. */
  turn: number;
  pictures: Placed[];
  /** What is to be changed: the last message's pictures, or the newest one before it. */
  bases: PictureText[];
}

type Fields = Record<string, unknown>;

// Text is kept up to here; pictures go to sinks however short they are.
const keepStringBytes = 4 * 1024 * 1024;

/** Reads a chat body as it streams, checks it and finds its pictures. */
export async function readConversation(
  request: Request,
  models: readonly Model[],
): Promise<DemoConversation> {
  const texts = new Map<string, PictureText>();
  const reader = createJsonReader({
    keepStringBytes,
    openString: (path) => {
      if (!isPictureUrl(path)) return undefined;
      const param = paramOf(path);
      const text = new PictureText(param);
      texts.set(param, text);
      return text;
    },
  });
  const parse = formatErrorsAs(invalidJson);
  const onChunk = (chunk: Uint8Array) => parse(() => reader.write(chunk));
  await readChunks(request, maxChatBytes, onChunk);
  const body = decodeChat(
    parse(() => reader.end()),
    models,
  );
  return survey(body, texts);
}

function survey(body: ChatRequest, texts: ReadonlyMap<string, PictureText>): DemoConversation {
  const pictures = body.messages.flatMap((message, index) =>
    [...blocksOf(message, 'content', index), ...blocksOf(message, 'images', index)].flatMap(
      ({ block, param }): Placed[] => {
        const picture = texts.get(`${param}.image_url.url`);
        const { thought_signature: signature } = block;
        const byAssistant = message.role === 'assistant';
        return picture ? [{ picture, message: index, byAssistant, signature }] : [];
      },
    ),
  );
  const last = body.messages.findLastIndex(({ role }) => role === 'user');
  const users = body.messages.filter(({ role }) => role === 'user');
  const shown = pictures.filter(({ message }) => message === last);
  return {
    body,
    prompt: last < 0 ? '' : textOf(body.messages[last]),
    userText: users.map(textOf).join('\n'),
    text: body.messages.map(textOf).join('\n'),
    turn: users.length,
    pictures,
    bases: (shown.length > 0 ? shown : pictures.slice(-1)).map(({ picture }) => picture),
  };
}

/**
 * Checks that every signature that came back is the one that its picture went out with.
 * @param strict refuses the assistant's pictures that have none
 */
export function checkSignatures(pictures: readonly Placed[], strict: boolean): void {
  for (const { picture, byAssistant, signature } of pictures) {
    if (!byAssistant) continue;
    const isAbsent = signature === undefined || signature === null;
    if (isAbsent ? !strict : signature === picture.signature) continue;
    const param = picture.param.replace(/image_url\.url$/, 'thought_signature');
    const why = isAbsent ? 'is missing' : 'does not belong to its picture';
    const message = `${param} ${why}: send the assistant's messages back as they came.`;
    throw new ApiError({ code: 'invalid_value', message, param });
  }
}

function blocksOf(message: Fields, field: 'content' | 'images', index: number) {
  const blocks = message[field];
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap((block: unknown, place) =>
    isFields(block) ? [{ block, param: `messages[${index}].${field}[${place}]` }] : [],
  );
}

function textOf(message: Fields | undefined): string {
  if (!message) return '';
  const { content } = message;
  if (!Array.isArray(content)) return plain(content);
  return content
    .filter((block) => isFields(block) && block.type === 'text')
    .map((block: Fields) => plain(block.text))
    .join('\n');
}

function plain(value: unknown): string {
  if (value instanceof LongString) return value.head;
  return typeof value === 'string' ? value : '';
}

function isPictureUrl(path: JsonPath): boolean {
  return path[0] === 'messages' && path.at(-2) === 'image_url' && path.at(-1) === 'url';
}

function paramOf(path: JsonPath): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join('');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Long enough for the head of any data URL and for the first bytes of bare base64.
const headLength = 320;
const salt = 'turing-playground demo gateway';

/** The signature of a picture, over its base64. */
export function signPicture(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(salt);
  const slice = 3 * 262_144;
  for (let start = 0; start < bytes.length; start += slice) {
    hash.update(Buffer.from(bytes.subarray(start, start + slice)).toString('base64'));
  }
  return hash.digest('base64');
}

/**
 * A picture of a conversation, taken out of the JSON as it streams by: signed at once, and held as
 * the base64 it came in until it turns out whether it is needed.
 */
export class PictureText implements StringSink {
  readonly #pieces: Buffer[] = [];
  readonly #hash: Hash = createHash('sha256').update(salt);
  #head = '';
  #started = false;
  #kind: ReturnType<typeof parsePictureUrl>['kind'] = 'unusable';
  /** What its signature has to be. */
  signature = '';

  constructor(readonly param: string) {}

  write(bytes: Uint8Array): void {
    if (this.#started) {
      this.#take(Buffer.from(bytes));
      return;
    }
    this.#head += Buffer.from(bytes).toString('latin1');
    if (this.#head.length >= headLength) this.#start();
  }

  end(): void {
    if (!this.#started) this.#start();
    this.signature = this.#hash.digest('base64');
  }

  /**
   * The picture's file.
   * @throws ApiError `invalid_value` if it is a link or no picture
   */
  decode(): Buffer {
    if (this.#kind === 'bytes') {
      return Buffer.from(Buffer.concat(this.#pieces).toString('latin1'), 'base64');
    }
    const why =
      this.#kind === 'link'
        ? 'is a link, and the demo gateway fetches none: send the picture as a data URL'
        : 'is neither a data URL nor base64 of a picture';
    throw new ApiError({
      code: 'invalid_value',
      message: `${this.param} ${why}.`,
      param: this.param,
    });
  }

  #start(): void {
    this.#started = true;
    const parsed = parsePictureUrl(this.#head);
    this.#kind = parsed.kind;
    this.#take(Buffer.from(parsed.kind === 'bytes' ? parsed.base64 : this.#head, 'latin1'));
    this.#head = '';
  }

  #take(piece: Buffer): void {
    this.#hash.update(piece);
    if (this.#kind === 'bytes') this.#pieces.push(piece);
  }
}

import 'server-only';
import { ApiError, readErrorEnvelope } from '../../core/api-error';
import { createBase64Decoder } from '../../core/bytes/base64-stream';
import { sniffImageFormat } from '../../core/bytes/image-header';
import {
  createJsonReader,
  type JsonPath,
  JsonSyntaxError,
  type JsonValue,
  type StringSink,
} from '../../core/bytes/json-stream';
import { pictureIndex } from '../../core/endpoints/images-answer';
import { isObject, isText } from '../../core/endpoints/options';
import type { EndpointName } from '../../core/models/model';

/** Looks at an answer as it passes and says when it can be trusted enough to begin. */
export interface AnswerInspector {
  /** Takes the next bytes and gives those that may go on. @throws ApiError if it is broken */
  write(chunk: Uint8Array): Uint8Array;
  /**
   * The body is over.
   * @returns the error that a stream of events ended in, which has passed as it came
   * @throws ApiError if it was not whole, or named no picture
   */
  end(): ApiError | undefined;
  /** True once what has passed can only be the beginning of a good answer. */
  readonly promising: boolean;
  /** The answer has said its last; nothing after it is read. */
  readonly over: boolean;
}

// What is longer than this before its first picture is no picture answer that we know of; it is
// let go so that nothing large is ever held.
const maxHeldBytes = 64 * 1024;
const headCharacters = 64;

/** Inspects a JSON answer: whole, no error, and at least one picture (of a chat: one choice). */
export function inspectJsonAnswer(endpoint: EndpointName): AnswerInspector {
  let pictures = 0;
  let passed = 0;
  const reader = createJsonReader({
    passesUnseen: true,
    openString: (path) =>
      isPicturePath(path, endpoint) ? createHeadSink(() => pictures++) : undefined,
  });
  return {
    write(chunk) {
      passed += chunk.length;
      guard(() => reader.write(chunk));
      return chunk;
    },
    end() {
      const body = guard(reader.end);
      const holds =
        endpoint === 'chat' ? hasChoice(body) : hasItems(body) && (pictures > 0 || hasOther(body));
      if (holds) return undefined;
      const said = readErrorEnvelope(body)?.error.message;
      throw invalidAnswer(said === undefined ? 'it has no picture' : `it is an error: ${said}`);
    },
    get promising() {
      return pictures > 0 || passed > maxHeldBytes;
    },
    over: false,
  };
}

/** The error of an answer that cannot be used; the picture may have been charged all the same. */
export function invalidAnswer(why: string): ApiError {
  return new ApiError({
    code: 'upstream_invalid_answer',
    message: `The gateway's answer cannot be used: ${why.replace(/\.$/, '')}. It may have been charged.`,
  });
}

function isPicturePath(path: JsonPath, endpoint: EndpointName): boolean {
  if (endpoint !== 'chat') return pictureIndex(path) !== undefined;
  return path.at(-1) === 'url' && path.at(-2) === 'image_url';
}

/** Calls back once if a string begins as a picture does, as base64 or as a data URL. */
function createHeadSink(onPicture: () => void): StringSink {
  let head = '';
  let over = false;
  const judge = () => {
    over = true;
    if (beginsAsPicture(head)) onPicture();
  };
  return {
    write(bytes) {
      head += Buffer.from(bytes.subarray(0, headCharacters)).toString('latin1');
      if (head.length >= headCharacters) judge();
    },
    end: judge,
    get satisfied() {
      return over;
    },
  };
}

function beginsAsPicture(head: string): boolean {
  if (/^https?:\/\//i.test(head)) return true;
  const base64 = head.replace(/^data:[^,]*,/i, '').slice(0, 32);
  try {
    const start = createBase64Decoder().write(new TextEncoder().encode(base64));
    return sniffImageFormat(start) !== undefined;
  } catch {
    return false;
  }
}

function hasItems(body: JsonValue): boolean {
  return isObject(body) && Array.isArray(body.data) && body.data.length > 0;
}

// A picture by address, or the vendor's word that one of a batch failed.
function hasOther(body: JsonValue): boolean {
  const items = isObject(body) && Array.isArray(body.data) ? body.data : [];
  return items.some(
    (item) => readErrorEnvelope(item) || (isObject(item) && isText(item.url) && item.url !== ''),
  );
}

function hasChoice(body: JsonValue): boolean {
  return isObject(body) && Array.isArray(body.choices) && body.choices.some(isObject);
}

function guard<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof JsonSyntaxError ? invalidAnswer(error.message) : error;
  }
}

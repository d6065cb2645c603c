import 'server-only';
import { type ApiError, readErrorEnvelope } from '../../core/api-error';
import { createBase64Decoder } from '../../core/bytes/base64-stream';
import { formatErrorsAs } from '../../core/bytes/format-error';
import { sniffImageFormat } from '../../core/bytes/image-header';
import {
  createJsonReader,
  type JsonPath,
  type JsonValue,
  type StringSink,
} from '../../core/bytes/json-stream';
import { createSseReader } from '../../core/bytes/sse';
import { createStringLift } from '../../core/bytes/string-lift';
import { invalidAnswer, pictureIndex } from '../../core/endpoints/images-answer';
import { isObject, isText } from '../../core/endpoints/options';
import type { EndpointName } from '../../core/models/model';

/** Checks an answer as it passes, and says when it may begin to go out. */
export interface AnswerInspector {
  /** Takes the next bytes and returns those that pass. @throws ApiError `upstream_invalid_answer` */
  write(chunk: Uint8Array): Uint8Array;
  /**
   * Says that nothing more comes.
   * @returns the error that a stream of events ended in, which has passed as it came
   * @throws ApiError `upstream_invalid_answer`: it was not whole, or had no picture and no words
   */
  end(): ApiError | undefined;
  /** True once what has passed can only be the beginning of a good answer. */
  readonly promising: boolean;
  /** Whether the answer has come to its last event; nothing after it is read. */
  readonly over: boolean;
}

// After so many bytes an answer begins even if nothing promising has come, so that little is held.
const maxHeldJsonBytes = 64 * 1024;
const maxHeldEventBytes = 16 * 1024;
const headCharacters = 64;
// The limit of one event, not counting long strings such as pictures.
const maxEventCharacters = 4 * 1024 * 1024;
const lineFeed = 0x0a;

const checked = formatErrorsAs(invalidAnswer);

/** Inspects a JSON answer: it must be whole, no error, and have a picture, or in a chat a choice. */
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
      checked(() => reader.write(chunk));
      return chunk;
    },
    end() {
      const body = checked(reader.end);
      const holds =
        endpoint === 'chat' ? hasChoice(body) : hasItems(body) && (pictures > 0 || hasOther(body));
      if (holds) return undefined;
      const said = readErrorEnvelope(body)?.error.message;
      throw invalidAnswer(
        said === undefined ? 'it contains no picture' : `it is an error: ${said}`,
      );
    },
    get promising() {
      return pictures > 0 || passed > maxHeldJsonBytes;
    },
    over: false,
  };
}

/**
 * Inspects a streamed chat answer (Server-Sent Events, WHATWG HTML §9.2), read with the same parts as
 * in the browser. Long strings are dropped as they pass, so that memory stays small however long a line
 * is. Events that are not JSON pass: some gateways send words of their own as a sign of life.
 */
export function inspectEventAnswer(): AnswerInspector {
  let passed = 0;
  let isAlive = false;
  let hasChoices = false;
  let isDone = false;
  let isEnding = false;
  let failure: ApiError | undefined;
  const events = createSseReader({
    maxEventLength: maxEventCharacters,
    onComment() {
      isAlive = true;
    },
    onData(data) {
      const value = parseEvent(data);
      if (data.trim() === '[DONE]') isDone = true;
      // The last event may lack its blank line, if its JSON is whole.
      else if (value === undefined && isEnding) {
        throw invalidAnswer('it ended in the middle of an event');
      } else if (value !== undefined) take(value);
    },
  });
  const take = (value: unknown) => {
    const said = readErrorEnvelope(value)?.error.message;
    if (said !== undefined) failure ??= invalidAnswer(`it is an error: ${said}`);
    else isAlive = true;
    hasChoices ||= Array.isArray((value as { choices?: unknown } | null)?.choices);
  };
  const lift = createStringLift(events.write, (head) => ({
    token: `${head.split('\\', 1)[0]}…`,
    sink: { write() {}, end() {} },
  }));
  const isOver = () => isDone || failure !== undefined;
  return {
    write(chunk) {
      passed += chunk.length;
      let at = 0;
      while (at < chunk.length && !isOver()) {
        const from = at;
        at = chunk.indexOf(lineFeed, at) + 1 || chunk.length;
        while (chunk[at] === lineFeed) at++;
        checked(() => lift.write(chunk.subarray(from, at)));
      }
      // Nothing may follow an error event, least of all a [DONE] in the same chunk.
      return chunk.subarray(0, at);
    },
    end() {
      isEnding = true;
      if (!isOver()) checked(lift.end);
      if (!isOver()) checked(events.end);
      // After a good beginning the error event has passed as it came.
      if (failure && !isAlive) throw failure;
      if (!failure && !hasChoices) throw invalidAnswer('the stream ended without content');
      return failure;
    },
    get promising() {
      return isAlive || passed > maxHeldEventBytes;
    },
    get over() {
      return isOver();
    },
  };
}

function isPicturePath(path: JsonPath, endpoint: EndpointName): boolean {
  if (endpoint !== 'chat') return pictureIndex(path) !== undefined;
  return path.at(-1) === 'url' && path.at(-2) === 'image_url';
}

/** Calls back once if a string begins as a picture in base64, a data URL, or a link. */
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

function parseEvent(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

import 'server-only';
import { type ApiError, readErrorEnvelope } from '../../core/api-error';
import { formatErrorsAs } from '../../core/bytes/format-error';
import { createJsonReader, type JsonPath, type JsonValue } from '../../core/bytes/json-stream';
import { createSseReader } from '../../core/bytes/sse';
import { createStringLift } from '../../core/bytes/string-lift';
import {
  invalidAnswer,
  listedItems,
  pictureIndex,
  readItemError,
  refusedOrInvalid,
} from '../../core/endpoints/images-answer';
import { isObject } from '../../core/endpoints/options';
import type { EndpointName } from '../../core/models/model';
import { createPictureCheck } from './picture-check';

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
  /** How many pictures and links to pictures have begun, without those that were cut short. */
  readonly pictures: number;
  /** How many pictures have ended before their end, in an answer that is good all the same. */
  readonly cutPictures: number;
}

// After so many bytes an answer begins even if nothing promising has come, so that little is held.
const maxHeldJsonBytes = 64 * 1024;
const maxHeldEventBytes = 16 * 1024;
// The limit of one event, not counting long strings such as pictures.
const maxEventCharacters = 4 * 1024 * 1024;
const lineFeed = 0x0a;

const checked = formatErrorsAs(invalidAnswer);

/** Inspects a JSON answer: it must be whole, no error, and have a picture, or in a chat a choice. */
export function inspectJsonAnswer(endpoint: EndpointName): AnswerInspector {
  let pictures = 0;
  let cut = 0;
  let passed = 0;
  const begin = () => void pictures++;
  const reader = createJsonReader({
    passesUnseen: true,
    openString: (path) =>
      isPicturePath(path, endpoint) ? createPictureCheck(begin, () => void cut++) : undefined,
  });
  return {
    write(chunk) {
      passed += chunk.length;
      checked(() => reader.write(chunk));
      return chunk;
    },
    end() {
      const body = checked(reader.end);
      if (endpoint === 'chat' ? hasChoice(body) : pictures > cut || hasItemError(body)) {
        return undefined;
      }
      if (endpoint !== 'chat' && cut > 0) {
        throw invalidAnswer(`${cut > 1 ? 'its pictures are' : 'its picture is'} cut short`);
      }
      throw refusedOrInvalid(body) ?? invalidAnswer('it contains no picture');
    },
    get promising() {
      return pictures > 0 || passed > maxHeldJsonBytes;
    },
    over: false,
    get pictures() {
      return pictures - cut;
    },
    get cutPictures() {
      return cut;
    },
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
  let pictures = 0;
  let cut = 0;
  let said: ApiError | undefined;
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
    if (readErrorEnvelope(value)) {
      failure ??= refusedOrInvalid(value);
      return;
    }
    isAlive = true;
    if (Array.isArray((value as { choices?: unknown } | null)?.choices)) hasChoices = true;
    // Words that are no answer: of some use if nothing else comes.
    else said ??= refusedOrInvalid(value);
  };
  const lift = createStringLift(events.write, (head) => {
    const check = createPictureCheck(
      () => pictures++,
      () => cut++,
    );
    return {
      token: `${head.split('\\', 1)[0]}…`,
      sink: { write: check.write, end: (isWhole) => isWhole && check.end() },
    };
  });
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
      if (!failure && !hasChoices) {
        throw said ?? invalidAnswer('the stream ended without content');
      }
      return failure;
    },
    get promising() {
      return isAlive || passed > maxHeldEventBytes;
    },
    get over() {
      return isOver();
    },
    get pictures() {
      return pictures - cut;
    },
    get cutPictures() {
      return cut;
    },
  };
}

function isPicturePath(path: JsonPath, endpoint: EndpointName): boolean {
  if (endpoint !== 'chat') return pictureIndex(path) !== undefined;
  return path.at(-1) === 'url' && path.at(-2) === 'image_url';
}

// The vendor's word that one of a batch failed.
function hasItemError(body: JsonValue): boolean {
  return listedItems(body).some((item) => readItemError(item) !== undefined);
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

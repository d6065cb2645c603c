import { ApiError, readErrorEnvelope } from '../api-error';
import { createBase64Decoder } from '../bytes/base64-stream';
import { FormatError, formatErrorsAs } from '../bytes/format-error';
import {
  createJsonReader,
  type JsonPath,
  type JsonValue,
  type StringSink,
} from '../bytes/json-stream';
import { isObject, isText } from './options';

/** One entry of `data[]`, after its bytes have gone to the receiver. */
export type PictureItem =
  | { kind: 'bytes'; byteLength: number }
  | { kind: 'link'; url: string }
  | { kind: 'error'; message: string; code: string | null }
  | { kind: 'invalid'; reason: 'base64' | 'empty' | 'no_picture' };

/** Token counts as the gateway states them. */
export interface ImagesUsage {
  input_tokens?: number;
  input_tokens_details?: { text_tokens?: number; image_tokens?: number };
  output_tokens?: number;
  total_tokens?: number;
}

/** What an answer says besides its pictures' bytes. */
export interface ImagesAnswer {
  /** Unix seconds. */
  created: number | undefined;
  items: PictureItem[];
  usage: ImagesUsage | undefined;
}

/** Receives the decoded bytes of the pictures, in the order of the answer. */
export interface PictureReceiver {
  onStart?(index: number): void;
  onBytes(index: number, bytes: Uint8Array): void;
  /** @param isWhole false if its base64 was broken somewhere, so that bytes are missing */
  onEnd?(index: number, isWhole: boolean): void;
}

/**
 * Reads the answer of both image endpoints as it streams: `data[].b64_json` is cut out, decoded and
 * handed on piece by piece, so that no picture is ever held as text.
 * @returns `write` takes the body's bytes in any pieces; `end` gives the rest of the answer, and
 * throws ApiError `upstream_invalid_answer` if the body was no whole JSON or named no picture
 */
export function createImagesAnswerReader(receiver: PictureReceiver): {
  write(chunk: Uint8Array): void;
  end(): ImagesAnswer;
} {
  const decoded = new Map<number, PictureItem>();
  const checked = formatErrorsAs(invalidAnswer);
  const reader = createJsonReader({
    openString: (path) => {
      const index = pictureIndex(path);
      return index === undefined ? undefined : createPictureSink(index, receiver, decoded);
    },
  });
  return {
    write: (chunk) => checked(() => reader.write(chunk)),
    end: () => readImagesAnswer(checked(reader.end), decoded),
  };
}

/** The place of a picture in `data[]`, if a string at this path is one. */
export function pictureIndex(path: JsonPath): number | undefined {
  const [list, index, field] = path;
  if (path.length !== 3 || list !== 'data' || field !== 'b64_json') return undefined;
  return typeof index === 'number' ? index : undefined;
}

function createPictureSink(
  index: number,
  receiver: PictureReceiver,
  decoded: Map<number, PictureItem>,
): StringSink {
  const decoder = createBase64Decoder();
  let byteLength = 0;
  let broken = false;
  receiver.onStart?.(index);
  // One picture with a wrong character must not cost the others.
  const attempt = (decode: () => Uint8Array) => {
    if (broken) return;
    try {
      const bytes = decode();
      byteLength += bytes.length;
      if (bytes.length > 0) receiver.onBytes(index, bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      broken = true;
    }
  };
  return {
    write: (ascii) => attempt(() => decoder.write(ascii)),
    end: () => {
      attempt(() => decoder.end());
      const item: PictureItem = broken
        ? { kind: 'invalid', reason: 'base64' }
        : byteLength === 0
          ? { kind: 'invalid', reason: 'empty' }
          : { kind: 'bytes', byteLength };
      decoded.set(index, item);
      receiver.onEnd?.(index, !broken);
    },
  };
}

function readImagesAnswer(body: JsonValue, decoded: Map<number, PictureItem>): ImagesAnswer {
  const data = isObject(body) ? body.data : undefined;
  if (!Array.isArray(data) || data.length === 0) {
    const said = readErrorEnvelope(body)?.error.message;
    throw invalidAnswer(said ? `it says: ${said}` : 'it contains no picture');
  }
  const { created, usage } = body as { created?: JsonValue; usage?: JsonValue };
  return {
    created: typeof created === 'number' ? created : undefined,
    items: data.map((item, index) => decoded.get(index) ?? readItem(item)),
    usage: isObject(usage) ? (usage as unknown as ImagesUsage) : undefined,
  };
}

function readItem(item: JsonValue): PictureItem {
  const envelope = readErrorEnvelope(item);
  if (envelope) {
    return { kind: 'error', message: envelope.error.message, code: envelope.error.code };
  }
  if (isObject(item) && isText(item.url)) {
    const { url } = item;
    if (typeof url === 'string' && /^https?:\/\//i.test(url)) return { kind: 'link', url };
  }
  return { kind: 'invalid', reason: 'no_picture' };
}

/** The error of an answer that cannot be used; it may have been charged all the same. */
export function invalidAnswer(why: string): ApiError {
  return new ApiError({
    code: 'upstream_invalid_answer',
    message: `The gateway's answer cannot be used: ${why.replace(/\.$/, '')}. It may have been charged.`,
  });
}

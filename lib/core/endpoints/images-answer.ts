import { ApiError } from '../api-error';
import { formatErrorsAs } from '../bytes/format-error';
import { createJsonReader, type JsonPath, type JsonValue } from '../bytes/json-stream';
import { isContentRefusal, readGatewayError } from '../gateway-error';
import type { StoredPicture } from '../pictures/stored-picture';
import { isObject, type JsonObject } from './options';
import type { PictureKeeper } from './picture-base64';
import { createPictureSink, type PictureText } from './picture-sink';

/** One entry of the list of pictures, after its bytes have gone to the keeper. */
export type PictureItem =
  | { kind: 'bytes'; byteLength: number }
  | { kind: 'link'; url: string }
  | { kind: 'error'; message: string; code: string | null }
  /** `cut`: its base64 is whole, but the end of the picture is not in it. */
  | { kind: 'invalid'; reason: 'base64' | 'cut' | 'empty' | 'no_picture' };

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

/**
 * Reads the answer of both image endpoints as it streams. A picture is cut out, decoded and handed on
 * piece by piece, so that none is ever held as text. It may stand in any place of `picturePlaces` and
 * be written as base64, as a data URL or as a link.
 * @param onBytes is told how many bytes of a picture are there
 * @param onPicture is given each whole picture
 * @returns `write` takes the body's bytes in any pieces; `end` gives the rest of the answer, and
 * throws ApiError `upstream_invalid_answer` if the body was no whole JSON or named no picture
 */
export function createImagesAnswerReader({
  keeper,
  onBytes,
  onPicture,
}: {
  keeper: PictureKeeper;
  onBytes?: (index: number, size: number) => void;
  onPicture?: (index: number, picture: StoredPicture) => void;
}): {
  write(chunk: Uint8Array): void;
  end(): ImagesAnswer;
} {
  const found = new Map<number, PictureItem>();
  let list: string | undefined;
  const checked = formatErrorsAs(invalidAnswer);
  const reader = createJsonReader({
    openString: (path) => {
      const place = pictureIndex(path);
      if (!place || (list !== undefined && list !== place.list)) return undefined;
      const { index } = place;
      // A picture and its address, or the same picture in two forms: the first good one counts.
      if (found.get(index)?.kind === 'bytes') return undefined;
      return createPictureSink({
        keeper,
        onBytes: (size) => size > 0 && onBytes?.(index, size),
        onEnd(text) {
          const item = itemOf(text);
          const before = found.get(index);
          if (!before || worth(item) > worth(before)) found.set(index, item);
          if (item.kind !== 'invalid') list = place.list;
          if (text.kind === 'picture' && item.kind === 'bytes') onPicture?.(index, text.picture);
        },
      });
    },
  });
  return {
    write: (chunk) => checked(() => reader.write(chunk)),
    end: () => readImagesAnswer(checked(reader.end), list, found),
  };
}

/** The lists that gateways put pictures into; where both hold some, the first that comes counts. */
const lists = ['data', 'images'];
/** The places of a picture within an entry of these lists; '' is the entry itself. */
const picturePlaces = new Set([
  '',
  'b64_json',
  'url',
  'image_url',
  'image_url.url',
  'inline_data.data',
  'inlineData.data',
]);

/** The list and the place in it that a picture belongs to, if a string at this path can be one. */
export function pictureIndex(path: JsonPath): { list: string; index: number } | undefined {
  const [list, index, ...fields] = path;
  if (typeof list !== 'string' || typeof index !== 'number') return undefined;
  return lists.includes(list) && picturePlaces.has(fields.join('.')) ? { list, index } : undefined;
}

/** The pictures that an answer lists, as they stand in its JSON. */
export function listedItems(body: JsonValue, list?: string): JsonValue[] {
  const found = isObject(body) ? (list ? [list] : lists).map((name) => body[name]) : [];
  return (
    (found.find((items) => Array.isArray(items) && items.length > 0) as JsonValue[] | undefined) ??
    []
  );
}

function itemOf(text: PictureText): PictureItem {
  switch (text.kind) {
    case 'picture': {
      const { byteLength } = text.picture;
      return text.isCut ? { kind: 'invalid', reason: 'cut' } : { kind: 'bytes', byteLength };
    }
    case 'link':
      return { kind: 'link', url: text.url };
    case 'unusable': {
      const { reason } = text;
      const isKnown = reason === 'base64' || reason === 'empty';
      return { kind: 'invalid', reason: isKnown ? reason : 'no_picture' };
    }
  }
}

function worth({ kind }: PictureItem): number {
  return kind === 'bytes' ? 2 : kind === 'link' ? 1 : 0;
}

function readImagesAnswer(
  body: JsonValue,
  list: string | undefined,
  found: Map<number, PictureItem>,
): ImagesAnswer {
  const items = listedItems(body, list);
  if (items.length === 0) throw refusedOrInvalid(body) ?? invalidAnswer('it contains no picture');
  const { created, usage } = body as { created?: JsonValue; usage?: JsonValue };
  return {
    created: typeof created === 'number' ? created : undefined,
    items: items.map((item, index) => {
      const picture = found.get(index) ?? { kind: 'invalid', reason: 'no_picture' };
      return picture.kind === 'invalid' ? (readItemError(item) ?? picture) : picture;
    }),
    usage: readImagesUsage(usage),
  };
}

/** What an entry of the list says in place of its picture: the vendor's word that it was not made. */
export function readItemError(item: JsonValue): PictureItem | undefined {
  const error = isObject(item) ? readGatewayError(item)?.error : undefined;
  return error && { kind: 'error', message: error.message, code: error.code };
}

// What is no count, such as null or a text, is left out: nobody shows a number for it.
function readImagesUsage(usage: JsonValue | undefined): ImagesUsage | undefined {
  if (!isObject(usage)) return undefined;
  const details = usage.input_tokens_details;
  return {
    ...countsOf(usage, ['input_tokens', 'output_tokens', 'total_tokens']),
    ...(isObject(details)
      ? { input_tokens_details: countsOf(details, ['text_tokens', 'image_tokens']) }
      : {}),
  };
}

function countsOf<Name extends string>(
  fields: JsonObject,
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const found = names.filter((name) => isCount(fields[name]));
  return Object.fromEntries(found.map((name) => [name, fields[name]])) as Partial<
    Record<Name, number>
  >;
}

/** Whether a value can be shown as a number of tokens. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

const maxWords = 2000;

/** The error that an answer of status 200 says in place of what was asked for. */
export function refusedOrInvalid(body: unknown): ApiError | undefined {
  const error = readGatewayError(body)?.error;
  if (!error) return undefined;
  const message = error.message.slice(0, maxWords);
  // It came with status 200, so nobody knows whether it was charged.
  return isContentRefusal(error)
    ? new ApiError({ code: 'contentFilter', message, outcome: 'unknown' })
    : invalidAnswer(`it is an error: ${message || error.code}`);
}

/** The error of an answer that cannot be used; it may have been charged all the same. */
export function invalidAnswer(why: string): ApiError {
  return new ApiError({
    code: 'upstream_invalid_answer',
    message: `The gateway's answer cannot be used: ${why.replace(/\.$/, '')}. It may have been charged.`,
  });
}

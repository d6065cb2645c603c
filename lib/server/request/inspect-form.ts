import 'server-only';
import { ApiError } from '../../core/api-error';
import { formatErrorsAs } from '../../core/bytes/format-error';
import { readImageHeader } from '../../core/bytes/image-header';
import { createMultipartScanner, type PartSink } from '../../core/bytes/multipart-scan';
import {
  countsAsLeftOut,
  decodeEdit,
  type FilePart,
  fileTooLarge,
  leftOutTooLate,
  maxFileBytes,
  sentTwice,
  type TextPart,
} from '../../core/endpoints/edit-request';
import type { Model } from '../../core/models/model';
import { problemError } from '../../core/validation';
import { type BodyInspector, userFields } from './inspect-request';

// The size of a picture stands in its first bytes; a JPEG may have a large preview before it.
const headBytes = 256 * 1024;
const maxTextBytes = 256 * 1024;
const maxParts = 100;

/** Checks a form, and says what is known of it before it is whole. */
export interface FormInspector extends BodyInspector {
  /** A file with content has begun: what upstream gets has its length from here on. */
  hasFile(): boolean;
  /** The field `model`, if it has come before the first file. */
  model(): string | undefined;
  /** The parts before the first file that must not go upstream, as places in the body. */
  leftOut: readonly { from: number; to: number }[];
  /** The fields in which the client named its user, and which the server fills instead. */
  replaced: readonly string[];
}

/**
 * Inspects an edits form (RFC 7578). Of each file only its first bytes and its length are kept.
 * @param namesUser the server names the user, so the client's own `user` and `safety_identifier` are left out
 */
export function inspectEditBody({
  boundary,
  models,
  namesUser,
}: {
  boundary: string;
  models: readonly Model[];
  namesUser: boolean;
}): FormInspector {
  const texts: TextPart[] = [];
  const files: FilePart[] = [];
  const leftOut: { from: number; to: number }[] = [];
  const replaced: TextPart[] = [];
  let textsBeforeFile: number | undefined;
  let partAt = 0;

  /** Whether a part goes upstream. */
  const isTaken = (part: TextPart | FilePart) => {
    const isUser = namesUser && userFields.includes(part.name);
    if (!isUser && !countsAsLeftOut(part)) return true;
    if (textsBeforeFile !== undefined) {
      throw isUser ? userTooLate(part.name) : problemError(leftOutTooLate(part.name));
    }
    if (countsAsLeftOut(part)) return false;
    if (replaced.some(({ name }) => name === part.name)) throw problemError(sentTwice(part.name));
    replaced.push({ name: part.name, value: 'value' in part ? part.value : '' });
    return false;
  };
  const sink = createPartSink({
    maxBytes: maxFileBytes(models),
    onFile: () => {
      textsBeforeFile ??= texts.length;
    },
    onPart: (part, next) => {
      if (!isTaken(part)) leftOut.push({ from: partAt, to: next });
      else if ('value' in part) texts.push(part);
      else files.push(part);
      partAt = next;
    },
  });
  const scanner = createMultipartScanner(boundary, sink);
  const checked = formatErrorsAs(invalidMultipart);
  return {
    leftOut,
    write: (chunk) => checked(() => scanner.write(chunk)),
    end() {
      checked(scanner.end);
      // A model that takes no `user` is sent none; any other field that it does not take is refused.
      const checkedToo = replaced.filter(({ name }) => name !== 'user');
      const request = decodeEdit([...texts, ...checkedToo], files, models);
      const userReplaced = replaced.length > 0;
      return { model: request.model, request, texts, files, userReplaced };
    },
    get replaced() {
      return replaced.map(({ name }) => name);
    },
    hasFile: () => textsBeforeFile !== undefined,
    model: () => texts.slice(0, textsBeforeFile).find(({ name }) => name === 'model')?.value,
  };
}

/**
 * @param onFile at the first content of each file
 * @param onPart after each part, with the place of the next boundary
 */
function createPartSink({
  maxBytes,
  onFile,
  onPart,
}: {
  maxBytes: number;
  onFile: () => void;
  onPart: (part: TextPart | FilePart, next: number) => void;
}): PartSink {
  let parts = 0;
  let part = { name: '', isFile: false };
  let bytes = 0;
  let head: Uint8Array[] = [];
  let headLength = 0;
  return {
    open(header) {
      parts++;
      if (parts > maxParts) throw invalidMultipart(`The body has more than ${maxParts} parts`);
      [part, bytes, head, headLength] = [header, 0, [], 0];
    },
    data(slice) {
      const { name, isFile } = part;
      if (isFile && bytes === 0) onFile();
      bytes += slice.length;
      if (isFile && bytes > maxBytes) throw problemError(fileTooLarge(name, maxBytes));
      if (!isFile && bytes > maxTextBytes) throw problemError(fileTooLarge(name, maxTextBytes));
      const room = (isFile ? headBytes : maxTextBytes) - headLength;
      if (room <= 0) return;
      const kept = new Uint8Array(slice.subarray(0, room));
      head.push(kept);
      headLength += kept.length;
    },
    close(next) {
      const start = Buffer.concat(head);
      head = [];
      const { name, isFile } = part;
      const found = isFile
        ? { name, bytes, header: readImageHeader(start) }
        : { name, value: decodeText(name, start) };
      onPart(found, next);
    },
  };
}

function decodeText(name: string, bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalidMultipart(`The field ${name} is not UTF-8`);
  }
  // Some readers leave it out, and others do not.
  if (text.startsWith('\ufeff')) {
    throw invalidMultipart(`The field ${name} begins with a byte order mark; send it without`);
  }
  return text;
}

function invalidMultipart(why: string): ApiError {
  return new ApiError({
    code: 'invalid_multipart',
    message: `The body is not valid multipart/form-data. ${why}.`,
  });
}

function userTooLate(name: string): ApiError {
  return new ApiError({
    code: 'invalid_value',
    param: name,
    message:
      `The server sets ${name} to the name of the signed-in user, and after the first file it cannot ` +
      `replace another. Leave ${name} out, or send it before the first file.`,
  });
}

import 'server-only';
import { ApiError } from '../../core/api-error';
import { formatErrorsAs } from '../../core/bytes/format-error';
import { readImageHeader } from '../../core/bytes/image-header';
import { createJsonReader } from '../../core/bytes/json-stream';
import { createMultipartScanner, type PartSink } from '../../core/bytes/multipart-scan';
import { type ChatRequest, decodeChat } from '../../core/endpoints/chat/chat-request';
import {
  decodeEdit,
  type FilePart,
  fileTooLarge,
  maxFileBytes,
  type TextPart,
} from '../../core/endpoints/edit-request';
import type { ImageRequest } from '../../core/endpoints/image-request';
import { invalidJson } from '../../core/endpoints/json-body';
import type { Model } from '../../core/models/model';
import { problemError } from '../../core/validation';

// The size of a picture stands in its first bytes; a JPEG may have a large preview before it.
const headBytes = 256 * 1024;
const maxTextBytes = 256 * 1024;
const maxParts = 100;

/** What the checks found in a whole body. */
export interface UploadFacts {
  model: string;
  /** The checked request, without its files. */
  request: ImageRequest | ChatRequest;
  /** The text fields and the files of a form, each in their order; none of JSON. */
  texts: readonly TextPart[];
  files: readonly FilePart[];
}

/** Checks a body as it passes. */
export interface BodyInspector {
  /** Takes the next bytes and returns those that may go upstream. @throws ApiError */
  write(chunk: Uint8Array): Uint8Array;
  /** Says that nothing more comes. @throws ApiError if the body fails a check */
  end(): UploadFacts;
}

/** Checks a form, and says what is known of it before it is whole. */
export interface FormInspector extends BodyInspector {
  /** Whether the header of a file has passed. */
  hasFile(): boolean;
  /** The field `model`, if it has come before the first file. */
  model(): string | undefined;
}

/** A further check of a body that passed those of the contract. @throws ApiError */
export type BodyCheck = (request: object) => void;

/** Inspects a chat body that is too large to be held: its JSON is read as it passes, without pictures. */
export function inspectChatBody(models: readonly Model[], check: BodyCheck): BodyInspector {
  const reader = createJsonReader();
  const checked = formatErrorsAs(invalidJson);
  return {
    write(chunk) {
      checked(() => reader.write(chunk));
      return chunk;
    },
    end() {
      const request = decodeChat(checked(reader.end), models);
      check(request);
      return { model: request.model, request, texts: [], files: [] };
    },
  };
}

/** Inspects an edits form (RFC 7578). Of each file only its first bytes and its length are kept. */
export function inspectEditBody(
  boundary: string,
  models: readonly Model[],
  check: BodyCheck,
): FormInspector {
  const texts: TextPart[] = [];
  const files: FilePart[] = [];
  const parts = createPartSink(texts, files, maxFileBytes(models));
  let textsBeforeFile: number | undefined;
  const scanner = createMultipartScanner(boundary, {
    ...parts,
    open(header) {
      if (header.isFile) textsBeforeFile ??= texts.length;
      parts.open(header);
    },
  });
  const checked = formatErrorsAs(invalidMultipart);
  return {
    write: (chunk) => checked(() => scanner.write(chunk)),
    end() {
      checked(scanner.end);
      const request = decodeEdit(texts, files, models);
      check(request);
      return { model: request.model, request, texts, files };
    },
    hasFile: () => textsBeforeFile !== undefined,
    model: () => texts.slice(0, textsBeforeFile).find(({ name }) => name === 'model')?.value,
  };
}

function createPartSink(texts: TextPart[], files: FilePart[], maxBytes: number): PartSink {
  let part = { name: '', isFile: false };
  let bytes = 0;
  let head: Uint8Array[] = [];
  let headLength = 0;
  return {
    open(header) {
      if (texts.length + files.length >= maxParts) {
        throw invalidMultipart(`The body has more than ${maxParts} parts`);
      }
      [part, bytes, head, headLength] = [header, 0, [], 0];
    },
    data(slice) {
      bytes += slice.length;
      const { name, isFile } = part;
      if (isFile && bytes > maxBytes) throw problemError(fileTooLarge(name, maxBytes));
      if (!isFile && bytes > maxTextBytes) throw problemError(fileTooLarge(name, maxTextBytes));
      const room = (isFile ? headBytes : maxTextBytes) - headLength;
      if (room <= 0) return;
      const kept = new Uint8Array(slice.subarray(0, room));
      head.push(kept);
      headLength += kept.length;
    },
    close() {
      const start = Buffer.concat(head);
      head = [];
      if (part.isFile) files.push({ name: part.name, bytes, header: readImageHeader(start) });
      else texts.push({ name: part.name, value: decodeText(part.name, start) });
    },
  };
}

function decodeText(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidMultipart(`The field ${name} is not UTF-8`);
  }
}

function invalidMultipart(why: string): ApiError {
  return new ApiError({
    code: 'invalid_multipart',
    message: `The body is not valid multipart/form-data. ${why}.`,
  });
}

import { ApiError } from '../core/api-error';
import { formatErrorsAs } from '../core/bytes/format-error';
import { boundaryOf } from '../core/bytes/media-type';
import { createMultipartScanner } from '../core/bytes/multipart-scan';
import {
  fileTooLarge,
  maxEditBytes,
  maxFileBytes,
  type TextPart,
} from '../core/endpoints/edit-request';
import type { Model } from '../core/models/model';
import { problemError } from '../core/validation';

/** How much of a refused upload is still read, so that its sender sees the answer. */
const maxDiscardedBytes = 256 * 1024 * 1024;

/**
 * Reads a body chunk by chunk. If it is too large, or what reads it throws, the rest is read away:
 * a sender whose upload is cut off sees a reset instead of the answer.
 * @throws ApiError `request_too_large` beyond `maxBytes`
 */
export async function readChunks(
  request: Request,
  maxBytes: number,
  onChunk: (chunk: Uint8Array) => void,
): Promise<void> {
  if (!request.body) return;
  const reader = request.body.getReader();
  let total = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      total += next.value.byteLength;
      if (total > maxBytes) throw tooLarge(maxBytes);
      onChunk(next.value);
    }
  } catch (error) {
    void discard(reader);
    throw error;
  }
}

/** Reads a small body whole. */
export async function readWhole(request: Request, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await readChunks(request, maxBytes, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks);
}

/** Reads away a body that nobody wants. */
export function discardBody(request: Request): void {
  if (request.body && !request.body.locked) void discard(request.body.getReader());
}

/** A file of a form, whole. */
export interface FormFile {
  name: string;
  bytes: Buffer;
}

const maxParts = 128;
const maxTextBytes = 1024 * 1024;

/**
 * Reads a multipart body as it arrives. Only the parts themselves are held; a file that is too
 * large is refused at the byte that is one too many.
 * @throws ApiError `request_too_large`, `invalid_multipart`
 */
export async function readForm(
  request: Request,
  models: readonly Model[],
): Promise<{ texts: TextPart[]; files: FormFile[] }> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? '');
  if (boundary === undefined) throw invalid('Its content type has no boundary');
  const [texts, files]: [TextPart[], FormFile[]] = [[], []];
  const maxBytes = maxFileBytes(models);
  let part = { name: '', isFile: false, length: 0, chunks: [] as Buffer[] };
  const scanner = createMultipartScanner(boundary, {
    open(header) {
      part = { ...header, length: 0, chunks: [] };
      if (texts.length + files.length >= maxParts) throw invalid(`It has over ${maxParts} parts`);
    },
    data(slice) {
      part.length += slice.byteLength;
      if (part.isFile && part.length > maxBytes) {
        throw problemError(fileTooLarge(part.name, maxBytes));
      }
      if (!part.isFile && part.length > maxTextBytes) throw invalid('A field is longer than 1 MB');
      part.chunks.push(Buffer.from(slice));
    },
    close() {
      const bytes = Buffer.concat(part.chunks);
      if (part.isFile) files.push({ name: part.name, bytes });
      else texts.push({ name: part.name, value: bytes.toString() });
    },
  });
  const checked = formatErrorsAs(invalid);
  await readChunks(request, maxEditBytes(models), (chunk) => checked(() => scanner.write(chunk)));
  checked(scanner.end);
  return { texts, files };
}

async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    let left = maxDiscardedBytes;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      left -= next.value.byteLength;
      if (left < 0) return await reader.cancel();
    }
  } catch {
    // The sender is gone, so nobody waits for the answer.
  }
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError({
    code: 'request_too_large',
    message: `The body is larger than ${maxBytes} bytes, the limit here.`,
  });
}

function invalid(why: string): ApiError {
  return new ApiError({
    code: 'invalid_multipart',
    message: `The body is not valid multipart/form-data. ${why}.`,
  });
}

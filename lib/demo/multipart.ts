import { Busboy } from '@fastify/busboy';
import { ApiError } from '../core/api-error';
import {
  fileTooLarge,
  maxEditBytes,
  maxFileBytes,
  type TextPart,
} from '../core/endpoints/edits/request';
import type { Model } from '../core/models/model';
import { problemError } from '../core/validation';
import { readChunks } from './body-reader';

/** A file of a form, whole. */
export interface FormFile {
  name: string;
  bytes: Buffer;
}

/** A form, in the order in which it came. */
export interface Form {
  texts: TextPart[];
  files: FormFile[];
}

const maxTexts = 64;

/**
 * Reads a multipart body as it streams. Only the files themselves are held; one that is too large
 * is refused at the byte that is one too many.
 * @throws ApiError `request_too_large`, `invalid_multipart`
 */
export async function readForm(request: Request, models: readonly Model[]): Promise<Form> {
  const form: Form = { texts: [], files: [] };
  const maxBytes = maxFileBytes(models);
  const maxFiles = Math.max(0, ...models.map((model) => model.references?.max ?? 0)) + 2;
  const parser = openParser(request, {
    fileSize: maxBytes,
    files: maxFiles,
    fields: maxTexts,
    fieldSize: 1024 * 1024,
  });
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
  };

  parser.on('field', (name, value, nameCut, valueCut) => {
    if (nameCut || valueCut) fail(invalid('A field is longer than 1 MB.'));
    form.texts.push({ name, value });
  });
  parser.on('fieldsLimit', () => fail(invalid(`There are more than ${maxTexts} fields.`)));
  parser.on('file', (name, stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('limit', () => fail(problemError(fileTooLarge(name, maxBytes))));
    stream.on('end', () => form.files.push({ name, bytes: Buffer.concat(chunks) }));
    stream.on('error', fail);
  });
  const finished = new Promise<void>((resolve) => {
    parser.on('finish', resolve);
    parser.on('error', (error) => {
      fail(invalid(error instanceof Error ? `${error.message}.` : 'It breaks off.'));
      resolve();
    });
  });

  await readChunks({
    body: request.body,
    maxBytes: maxEditBytes(models),
    onChunk: async (chunk) => {
      const hasRoom = parser.write(chunk);
      if (!hasRoom && !failure) await Promise.race([drained(parser), finished]);
      if (failure) throw failure;
    },
  });
  parser.end();
  await finished;
  if (failure) throw failure;
  return form;
}

function openParser(request: Request, limits: Record<string, number>): Busboy {
  const contentType = request.headers.get('content-type') ?? '';
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch (error) {
    throw invalid(error instanceof Error ? `${error.message}.` : '');
  }
}

function drained(parser: Busboy): Promise<void> {
  return new Promise((resolve) => {
    parser.once('drain', resolve);
  });
}

function invalid(why: string): ApiError {
  return new ApiError({
    code: 'invalid_multipart',
    message: `The body is not valid multipart/form-data. ${why}`.trim(),
  });
}

import type { ImageHeader } from '../bytes/image-header';
import type { JsonValue } from '../bytes/json-stream';
import { findModel, optionsFor } from '../models/lookup';
import type { Model, ModelOption } from '../models/model';
import { randomId } from '../random-id';
import { formatSize } from '../sizes/sizes';
import { problemError, type ValidationProblem, validationProblem } from '../validation';
import { checkImageRequest, type ImageRequest } from './image-request';
import type { JsonObject } from './options';

/** One text field of a multipart body, in the order in which it came. */
export interface TextPart {
  name: string;
  value: string;
}

/** What is known of one file of a multipart body once it has passed. */
export interface FilePart {
  name: string;
  bytes: number;
  /** Read from the file's first bytes; `undefined` if they are of no known picture format. */
  header: ImageHeader | undefined;
}

const referenceNames = ['image', 'image[]'];

/**
 * Whether a part counts as left out: an empty or `null` field that a request can do without, or a mask
 * without content, as forms send them for what nobody filled in.
 */
export function countsAsLeftOut(part: TextPart | FilePart): boolean {
  if ('bytes' in part) return part.name === 'mask' && part.bytes === 0;
  const { name, value } = part;
  if (name === 'prompt' || name === 'model') return false;
  return value === '' || value === 'null';
}

/** The problem of a part that counts as left out, but comes when upstream expects it already. */
export function leftOutTooLate(param: string): ValidationProblem {
  return validationProblem({ param, reason: 'empty_after_file' });
}

/** The most bytes of one file at the edits endpoint, over all models (50 MB in the catalogue). */
export function maxFileBytes(models: readonly Model[]): number {
  return Math.max(0, ...models.map((model) => model.references?.maxBytes ?? 0));
}

/** The most bytes that a whole edits body may have: every reference at its largest, and 10 MB. */
export function maxEditBytes(models: readonly Model[]): number {
  const references = models.map(({ references }) =>
    references ? references.max * references.maxBytes : 0,
  );
  return Math.max(0, ...references) + 10 * 1024 * 1024;
}

/**
 * Writes a request as the body of `POST /images/edits` (RFC 7578): text fields first, so that a reader can
 * check them before the first file; one picture as `image`, several as repeated `image[]`. Not by FormData,
 * which turns each line break of a text into two characters, and whose boundary varies in length.
 * @returns the body; its type has the boundary
 */
export function encodeEdit(
  fields: ImageRequest,
  images: { file: Blob; name: string }[],
  mask?: Blob,
): Blob {
  // No file can hold it, by chance or on purpose.
  const boundary = `form-${randomId()}`;
  const pieces: BlobPart[] = [];
  const part = (name: string, value: BlobPart, more = '') => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
    pieces.push(head, value, '\r\n');
  };
  const filePart = (name: string, file: Blob, fileName: string) => {
    const type = file.type || 'application/octet-stream';
    part(name, file, `; filename="${escapeName(fileName)}"\r\nContent-Type: ${type}`);
  };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) part(name, String(value));
  }
  const imageName = images.length === 1 ? 'image' : 'image[]';
  for (const { file, name } of images) filePart(imageName, file, name);
  if (mask) filePart('mask', mask, 'mask.png');
  return new Blob([...pieces, `--${boundary}--\r\n`], {
    type: `multipart/form-data; boundary=${boundary}`,
  });
}

/** As browsers write a file's name (HTML, multipart/form-data encoding). */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/**
 * Reads and checks the parts of an edits body after all of them have passed.
 * @throws ApiError the first problem: fields as for generations, then files
 */
export function decodeEdit(
  texts: readonly TextPart[],
  files: readonly FilePart[],
  models: readonly Model[],
): ImageRequest {
  const [first] = checkEdit(texts, files, models);
  if (first) throw problemError(first);
  return bodyOf(texts, models) as unknown as ImageRequest;
}

/** Every problem of an edits body; see `decodeEdit`. */
export function checkEdit(
  texts: readonly TextPart[],
  files: readonly FilePart[],
  models: readonly Model[],
): ValidationProblem[] {
  const names = texts.map((part) => part.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    return [sentTwice(twice)];
  }
  const textFile = names.find((name) => [...referenceNames, 'mask'].includes(name));
  if (textFile) return [validationProblem({ param: textFile, reason: 'file_expected' })];

  const body = bodyOf(texts, models);
  const model = findModel(models, String(body.model));
  return [...checkImageRequest(body, 'edits', models), ...(model ? checkFiles(files, model) : [])];
}

/** What is wrong with the files of an edit at a model, each by itself and together. */
export function checkFiles(files: readonly FilePart[], model: Model): ValidationProblem[] {
  const { references } = model;
  if (!references) return [];
  const images = files.filter((file) => referenceNames.includes(file.name));
  const masks = files.filter((file) => file.name === 'mask');
  const strange = files.find((file) => !images.includes(file) && !masks.includes(file));
  if (strange) {
    const isText = textFields(model).includes(strange.name);
    const reason = isText ? 'file_unexpected' : 'file_unknown';
    return [validationProblem({ param: strange.name, reason })];
  }

  const [first] = images;
  if (!first)
    return [
      validationProblem({ code: 'missing_parameter', param: 'image', reason: 'missing_image' }),
    ];
  if (images.length > references.max) {
    const values = { model: model.id, max: references.max, count: images.length };
    return [validationProblem({ param: 'image', reason: 'too_many_references', values })];
  }
  const [mask, secondMask] = masks;
  if (secondMask) return [sentTwice('mask')];
  if (mask && !model.mask) {
    return [
      validationProblem({ param: 'mask', reason: 'mask_unsupported', values: { model: model.id } }),
    ];
  }
  return [
    ...images.flatMap((file) => checkFile(file, references.maxBytes, references.formats)),
    ...(mask ? checkFile(mask, references.maxBytes, ['png']) : []),
    ...(mask ? checkMaskSize(mask, first) : []),
  ];
}

function checkFile(
  { name: param, bytes, header }: FilePart,
  maxBytes: number,
  formats: readonly string[],
): ValidationProblem[] {
  if (bytes === 0) return [validationProblem({ param, reason: 'file_empty' })];
  if (bytes > maxBytes) return [fileTooLarge(param, maxBytes)];
  if (header && formats.includes(header.format)) return [];
  const allowed = formats.map((format) => format.toUpperCase()).join(' / ');
  return [validationProblem({ param, reason: 'file_format', values: { allowed } })];
}

/** The problem of a part that may come once and came again. */
export function sentTwice(param: string): ValidationProblem {
  return validationProblem({ param, reason: 'parameter_twice' });
}

/** The problem of a file over the limit; known before the file has passed whole. */
export function fileTooLarge(param: string, maxBytes: number): ValidationProblem {
  const values = { max: maxBytes };
  return validationProblem({ code: 'request_too_large', param, reason: 'file_too_large', values });
}

function checkMaskSize(mask: FilePart, first: FilePart): ValidationProblem[] {
  const [actual, expected] = [sizeOf(mask), sizeOf(first)];
  if (!actual || !expected || actual === expected) return [];
  return [validationProblem({ param: 'mask', reason: 'mask_size', values: { actual, expected } })];
}

function textFields(model: Model): string[] {
  return ['model', 'prompt', 'n', 'size', ...optionsFor(model, 'edits').map(({ name }) => name)];
}

function sizeOf({ header }: FilePart): string | undefined {
  const { width, height } = header ?? {};
  return width && height ? formatSize({ width, height }) : undefined;
}

// Multipart has only text: what the catalogue calls a number becomes one, so that both endpoints
// are checked by the same function.
function bodyOf(texts: readonly TextPart[], models: readonly Model[]): JsonObject {
  const body = Object.create(null) as JsonObject;
  const id = texts.find((part) => part.name === 'model')?.value;
  const model = findModel(models, id ?? '');
  const options = model ? optionsFor(model, 'edits') : [];
  for (const { name, value } of texts) body[name] = fieldValue({ name, value, options });
  return body;
}

function fieldValue({
  name,
  value,
  options,
}: TextPart & { options: readonly ModelOption[] }): JsonValue {
  const isInteger = name === 'n' || options.some((o) => o.name === name && o.kind === 'integer');
  // Python's clients write `False`, and some form readers leave white space.
  if (isInteger && /^\s*-?\d{1,9}\s*$/.test(value)) return Number(value);
  if (name === 'stream' && /^\s*false\s*$/i.test(value)) return false;
  return value;
}

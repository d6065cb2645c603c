import { mediaTypeOf } from '../bytes/image-header';
import type { Answer, ChatMessage } from '../chat/message';
import { turnBody } from '../chat/turn-body';
import type { PictureWriting } from '../endpoints/picture-base64';
import type { EndpointName } from '../models/model';
import type { StoredPicture } from '../pictures/stored-picture';
import { picturesOf, type RunEntry } from '../runs/run-entry';
import { createFileNames } from './file-names';

/** A file that a sample reads. */
export interface SampleFile {
  /** What it is saved as beside the sample: letters, digits, dots and hyphens. */
  name: string;
  /** SHA-256 of its bytes, in hex. */
  hash: string;
  /** Its media type. */
  type: string;
}

/** The place in a JSON body where the base64 of a file stands. */
export class FileText {
  constructor(
    readonly file: SampleFile,
    readonly writing: PictureWriting,
  ) {}
}

export type SampleValue =
  | string
  | number
  | boolean
  | null
  | FileText
  | SampleValue[]
  | { [name: string]: SampleValue };

/** What a run sent, as samples repeat it. */
export interface SentRequest {
  endpoint: EndpointName;
  /** The members of its JSON body, or the texts of its form, in the order in which they were sent. */
  fields: { [name: string]: SampleValue };
  /** The form's pictures; none at the other endpoints. */
  images: SampleFile[];
  mask: SampleFile | null;
  /** The ending of the files that its pictures are saved as. */
  ending: string;
}

/**
 * What an image run sent. Its `user` is left out: it names who asked here.
 * @returns undefined if this browser never knew
 */
export function requestOfRun(
  run: Pick<RunEntry, 'endpoint' | 'request' | 'edit' | 'slots' | 'isFound'>,
): SentRequest | undefined {
  if (run.isFound) return undefined;
  const { user: _user, ...request } = run.request;
  const isForm = run.endpoint === 'edits';
  const given = Object.entries(request)
    .filter(([, value]) => value !== undefined && value !== null)
    // As `encodeEdit` writes it.
    .map(([name, value]) => [name, isForm && typeof value === 'object' ? String(value) : value]);
  const names = createFileNames();
  const images = (run.edit?.references ?? []).map(({ hash, name, header }) => ({
    name: names(hash, name, header?.format),
    hash,
    type: header ? mediaTypeOf(header.format) : 'application/octet-stream',
  }));
  const mask = run.edit?.mask;
  const format = picturesOf(run)[0]?.picture.header?.format ?? request.output_format;
  return {
    endpoint: run.endpoint,
    fields: Object.fromEntries(given) as SentRequest['fields'],
    images,
    mask: mask
      ? { name: names(mask.hash, 'mask.png', 'png'), hash: mask.hash, type: 'image/png' }
      : null,
    ending: endingOf(format),
  };
}

/**
 * What was sent for an answer of a conversation, its `user` left out.
 * @param path the messages from the first to the one that is answered
 */
export function requestOfAnswer(answer: Answer, path: readonly ChatMessage[]): SentRequest {
  const known = new Map(path.flatMap(picturesIn).map((picture) => [picture.hash, picture]));
  const names = createFileNames();
  const texts = new Map<string, FileText>();
  const body = turnBody(path, answer.request, answer.id).map((piece) => {
    if (typeof piece === 'string') return piece;
    const { name, header } = known.get(piece.hash) ?? {};
    const claimed = /^data:image\/([a-z]+)/.exec(piece.writing.prefix)?.[1];
    const format = header?.format ?? claimed;
    const file = {
      name: names(piece.hash, name, format),
      hash: piece.hash,
      type: format ? `image/${format}` : 'application/octet-stream',
    };
    const token = `${answer.id}/${texts.size}`;
    texts.set(token, new FileText(file, piece.writing));
    return token;
  });
  const { user: _user, ...fields } = JSON.parse(body.join(''));
  const format = answer.parts.find((part) => part.kind === 'picture')?.header?.format;
  const asked = answer.request.fields.imageConfig?.imageOutputOptions?.mimeType?.split('/')[1];
  return {
    endpoint: 'chat',
    fields: withFiles(fields, texts) as SentRequest['fields'],
    images: [],
    mask: null,
    ending: endingOf(format ?? asked),
  };
}

/** Every file that a request reads, each once. */
export function filesOf({ fields, images, mask }: SentRequest): SampleFile[] {
  const all = [...images, ...(mask ? [mask] : []), ...textsIn(fields).map(({ file }) => file)];
  return [...new Map(all.map((file) => [file.name, file])).values()];
}

function picturesIn(message: ChatMessage): (StoredPicture & { name?: string })[] {
  if (message.role === 'user') return message.pictures;
  return message.parts.filter((part) => part.kind === 'picture');
}

function textsIn(value: SampleValue): FileText[] {
  if (value instanceof FileText) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function withFiles(value: SampleValue, texts: ReadonlyMap<string, FileText>): SampleValue {
  if (typeof value === 'string') return texts.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => withFiles(item, texts));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, withFiles(item, texts)]);
  return Object.fromEntries(entries);
}

function endingOf(format: unknown): string {
  if (format === 'jpeg') return 'jpg';
  return typeof format === 'string' && /^[a-z]{3,5}$/.test(format) ? format : 'png';
}

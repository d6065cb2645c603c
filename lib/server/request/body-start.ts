import 'server-only';
import { ApiError } from '../../core/api-error';
import { decodeChat } from '../../core/endpoints/chat/chat-request';
import { decodeGeneration, maxGenerationBytes } from '../../core/endpoints/image-request';
import { readJsonBody } from '../../core/endpoints/json-body';
import { findModel, modelsFor, optionsFor } from '../../core/models/lookup';
import type { EndpointName, Model } from '../../core/models/model';
import type { SilenceWatch } from '../upstream';
import { type BodyReader, bodyTooLarge, readChunk, readUpTo } from './body-reader';
import { inspectEditBody } from './inspect-form';
import {
  type BodyInspector,
  createJsonFilter,
  inspectChatBody,
  type UploadFacts,
  userFieldsIn,
} from './inspect-request';

// JSON up to this size is read whole, so that a mistake in it never opens a connection upstream.
// The text fields before the first file of a form may have as much.
const wholeBytes = 1024 * 1024;

/** The beginning of a body, as it may go upstream. */
export interface BodyStart {
  bytes: Uint8Array;
  /** How many of the client's bytes have been read for it. */
  readBytes: number;
  /** How many bytes more than the client's the whole will have; negative: fewer. */
  addedBytes: number;
  /** What the rest has to pass; undefined: the body is whole, and `facts` says what it holds. */
  inspector?: BodyInspector;
  facts?: UploadFacts;
  /** Of a form that goes on: its model, if that is known by now and in the catalogue. */
  model?: string | undefined;
}

interface StartOptions {
  reader: BodyReader;
  models: readonly Model[];
  /** Put into the body as its `user`, instead of the client's. */
  user?: string;
  watch: SilenceWatch;
}

/** Reads JSON up to 1 MB whole, and of larger JSON the first MB. @throws ApiError */
export async function startOfJson(
  endpoint: Exclude<EndpointName, 'edits'>,
  { reader, watch, models, user }: StartOptions,
): Promise<BodyStart> {
  const { bytes, isWhole } = await readUpTo(() => readChunk(reader, watch), wholeBytes);
  if (!isWhole) {
    if (endpoint === 'generations') throw bodyTooLarge(maxGenerationBytes);
    const inspector = inspectChatBody(models, user);
    return {
      bytes: inspector.write(bytes),
      readBytes: bytes.length,
      addedBytes: inspector.addedBytes,
      inspector,
    };
  }
  const body = readJsonBody(bytes);
  const request = endpoint === 'chat' ? decodeChat(body, models) : decodeGeneration(body, models);
  const { model } = request;
  const replaced = user === undefined ? [] : userFieldsIn(request);
  const isTaken = (name: string) =>
    endpoint === 'chat' || takes(findModel(models, model), endpoint, name);
  const filter = createJsonFilter(user, [...new Set(['user', ...replaced])].filter(isTaken));
  return {
    bytes: filter.write(bytes),
    readBytes: bytes.length,
    addedBytes: filter.addedBytes,
    facts: { model, request, texts: [], files: [], userReplaced: replaced.length > 0 },
  };
}

/**
 * Reads the text fields of a form up to its first file. Only then is it known whether the model takes
 * a `user`, and a `Content-Length` that upstream has been told can't be changed.
 * @throws ApiError `invalid_value` if the answer depends on `model` and that comes after a file
 */
export async function startOfForm(
  boundary: string,
  { reader, watch, models, user }: StartOptions,
): Promise<BodyStart> {
  const inspector = inspectEditBody({ boundary, models, namesUser: user !== undefined });
  const cleared: Uint8Array[] = [];
  const next = async () => {
    if (inspector.hasFile()) return undefined;
    const chunk = await readChunk(reader, watch);
    if (chunk) cleared.push(inspector.write(chunk));
    return chunk;
  };
  const { bytes, isWhole } = await readUpTo(next, wholeBytes);
  if (!isWhole && !inspector.hasFile()) {
    throw new ApiError({
      code: 'request_too_large',
      message: `The text fields before the first file are larger than ${wholeBytes} bytes.`,
    });
  }
  const facts = inspector.hasFile() ? undefined : inspector.end();
  const sent = Buffer.concat(cleared);
  const kept: Uint8Array[] = [];
  let at = 0;
  for (const { from, to } of inspector.leftOut) {
    kept.push(sent.subarray(at, from));
    at = to;
  }
  const named = user === undefined ? [] : [...new Set(['user', ...inspector.replaced])];
  for (const name of named) {
    if (!takesSoFar(inspector.model(), models, name)) continue;
    kept.unshift(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${user}\r\n`,
      ),
    );
  }
  const passed = Buffer.concat([...kept, sent.subarray(at)]);
  return {
    bytes: passed,
    readBytes: bytes.length,
    addedBytes: passed.length - sent.length,
    ...(facts ? { facts } : { inspector, model: findModel(models, inspector.model() ?? '')?.id }),
  };
}

// A field that a model's catalogue entry does not list is not sent, and the server's own are no exception.
function takes(model: Model | undefined, endpoint: EndpointName, field: string): boolean {
  if (!model) return false;
  const options = optionsFor(model, endpoint).map(({ name }) => name);
  return [...options, ...model.extraFields].includes(field);
}

/** @param id of the model, as far as the form has been read */
function takesSoFar(id: string | undefined, models: readonly Model[], field: string): boolean {
  if (id !== undefined) return takes(findModel(models, id), 'edits', field);
  const all = modelsFor(models, 'edits');
  const taking = all.filter((model) => takes(model, 'edits', field));
  if (taking.length === all.length) return true;
  if (taking.length === 0) return false;
  throw new ApiError({
    code: 'invalid_value',
    param: 'model',
    message:
      'Send the field model before the first file: ' +
      `it decides whether the server adds the field ${field}.`,
  });
}

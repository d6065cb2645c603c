import 'server-only';
import { ApiError } from '../../core/api-error';
import { decodeChat, maxChatBytes } from '../../core/endpoints/chat/chat-request';
import { maxEditBytes } from '../../core/endpoints/edit-request';
import { decodeGeneration, maxGenerationBytes } from '../../core/endpoints/image-request';
import { readJsonBody } from '../../core/endpoints/json-body';
import { findModel, modelsFor, optionsFor } from '../../core/models/lookup';
import type { EndpointName, Model } from '../../core/models/model';
import { type SilenceWatch, upstreamSilent } from '../upstream';
import { type BodyReader, bodyTooLarge, readChunk, readUpTo } from './body-reader';
import {
  type BodyInspector,
  inspectChatBody,
  inspectEditBody,
  type UploadFacts,
} from './inspect-request';
import { checkContentType } from './request-guard';

/** What happens to an upload at its end, in this order. */
export interface UploadEvents {
  /**
   * Every check has passed. The last chunk waits for this; a body that was read whole goes upstream
   * only after it. @throws ApiError the request is refused
   */
  checked?(facts: UploadFacts): Promise<void> | void;
  /** The last chunk waits for this. @throws ApiError it does not go */
  beforeLast?(): Promise<void>;
  /** Upstream's connection has taken the last chunk. */
  passedOn?(): void;
}

/** A client's body on its way upstream. */
export interface Upload {
  contentType: string;
  /** In bytes; undefined: the client did not say. */
  contentLength: number | undefined;
  /** One chunk at a time, with back-pressure. Throws the ApiError of the first failed check. */
  body: AsyncIterable<Uint8Array>;
  /**
   * `checked`: every check has passed, and nothing is left to read of the client. `sent`: the last
   * chunk has been handed on, so that upstream may have the whole.
   */
  state: 'arriving' | 'checked' | 'sent';
  /** What the iteration of `body` has thrown: a failed check, or the error of a client that left. */
  failure: unknown;
}

// JSON up to this size is read whole, so that a mistake in it never opens a connection upstream.
// The text fields before the first file of a form may have as much.
const wholeBytes = 1024 * 1024;
const openingBrace = 0x7b;

/** The beginning of a body, as it may go upstream. */
interface BodyStart {
  bytes: Uint8Array;
  /** How many of the client's bytes have been read for it. */
  readBytes: number;
  /** How many bytes of `bytes` the server has added. */
  addedBytes: number;
  /** What the rest has to pass; undefined: the body is whole, and `facts` says what it holds. */
  inspector?: BodyInspector;
  facts?: UploadFacts;
}

interface Acceptance {
  endpoint: EndpointName;
  headers: Headers;
  reader: BodyReader;
  models: readonly Model[];
  /** Put into the body as its `user`, which a client may not send then. */
  user?: string;
  watch: SilenceWatch;
  events: UploadEvents;
}

/**
 * Takes in a client's body. JSON up to 1 MB is read whole and checked here. Of a form (RFC 7578) the
 * fields before the first file are read here; its rest, like larger JSON, is checked while it passes.
 * The last chunk is held back until every check has passed, so that a body that fails one is never
 * complete upstream.
 * @throws ApiError, from here or from the iteration of the body
 */
export async function acceptUpload(options: Acceptance): Promise<Upload> {
  const { endpoint, headers, models, events } = options;
  const { contentType, boundary } = checkContentType(headers, endpoint);
  const maxBytes = maxBodyBytes(endpoint, models);
  const declared = headers.get('content-length');
  if (declared !== null && Number(declared) > maxBytes) throw bodyTooLarge(maxBytes);
  const start =
    endpoint === 'edits'
      ? await startOfForm(boundary, options)
      : await startOfJson(endpoint, options);

  const announced = declared === null ? undefined : Number(declared) + start.addedBytes;
  const upload: Omit<Upload, 'body'> = {
    contentType,
    contentLength: start.facts ? start.bytes.length : announced,
    state: 'arriving',
    failure: undefined,
  };
  if (start.facts) await passChecks(upload, events, start.facts);
  return Object.assign(upload, { body: relay(start, upload, { ...options, maxBytes }) });
}

/** The body as it goes upstream: its beginning, and the rest through the inspector. */
async function* relay(
  start: BodyStart,
  upload: Omit<Upload, 'body'>,
  { reader, watch, events, maxBytes }: Acceptance & { maxBytes: number },
): AsyncGenerator<Uint8Array, void> {
  try {
    let held = start.bytes;
    if (start.inspector) {
      let total = start.readBytes;
      for (;;) {
        const chunk = await readChunk(reader, watch);
        if (!chunk) break;
        total += chunk.length;
        if (total > maxBytes) throw bodyTooLarge(maxBytes);
        const cleared = start.inspector.write(chunk);
        if (cleared.length === 0) continue;
        if (held.length > 0) {
          // Until upstream asks for more, it is upstream that is silent.
          watch.begin(upstreamSilent);
          yield held;
          watch.end();
        }
        held = cleared;
      }
      await passChecks(upload, events, start.inspector.end());
    }
    await events.beforeLast?.();
    upload.state = 'sent';
    watch.begin(upstreamSilent);
    if (held.length > 0) yield held;
    watch.begin(upstreamSilent);
    events.passedOn?.();
  } catch (error) {
    upload.failure = error;
    throw error;
  }
}

async function passChecks(
  upload: Pick<Upload, 'state'>,
  events: UploadEvents,
  facts: UploadFacts,
): Promise<void> {
  upload.state = 'checked';
  await events.checked?.(facts);
}

function maxBodyBytes(endpoint: EndpointName, models: readonly Model[]): number {
  if (endpoint === 'edits') return maxEditBytes(models);
  return endpoint === 'chat' ? maxChatBytes : maxGenerationBytes;
}

/** Reads JSON up to 1 MB whole, and of larger JSON the first MB. */
async function startOfJson(
  endpoint: Exclude<EndpointName, 'edits'>,
  { reader, watch, models, user }: Acceptance,
): Promise<BodyStart> {
  const check = user === undefined ? () => {} : refuseUser;
  const { bytes, isWhole } = await readUpTo(() => readChunk(reader, watch), wholeBytes);
  const withField = (isTaken: boolean) => {
    const named = isTaken && user !== undefined ? insertUser(bytes, user) : bytes;
    return { bytes: named, readBytes: bytes.length, addedBytes: named.length - bytes.length };
  };
  if (isWhole) {
    const body = readJsonBody(bytes);
    const request = endpoint === 'chat' ? decodeChat(body, models) : decodeGeneration(body, models);
    check(request);
    const { model } = request;
    const isTaken = endpoint === 'chat' || takesUser(findModel(models, model), endpoint);
    return { ...withField(isTaken), facts: { model, request, texts: [], files: [] } };
  }
  if (endpoint === 'generations') throw bodyTooLarge(maxGenerationBytes);
  const inspector = inspectChatBody(models, check);
  inspector.write(bytes);
  return { ...withField(true), inspector };
}

/**
 * Reads the text fields of a form up to its first file. Only then is it known whether the model takes
 * a `user`, and a `Content-Length` that upstream has been told can't be changed.
 * @throws ApiError `invalid_value` if the answer depends on `model` and that comes after a file
 */
async function startOfForm(
  boundary: string,
  { reader, watch, models, user }: Acceptance,
): Promise<BodyStart> {
  const inspector = inspectEditBody(boundary, models, user === undefined ? () => {} : refuseUser);
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
  const start = Buffer.concat(cleared);
  const added =
    user !== undefined && takesUserSoFar(inspector.model(), models)
      ? Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="user"\r\n\r\n${user}\r\n`,
        )
      : Buffer.alloc(0);
  return {
    bytes: Buffer.concat([added, start]),
    readBytes: bytes.length,
    addedBytes: added.length,
    ...(inspector.hasFile() ? { inspector } : { facts: inspector.end() }),
  };
}

// A field that a model's catalogue entry does not list is not sent, and this one is no exception.
function takesUser(model: Model | undefined, endpoint: EndpointName): boolean {
  if (!model) return false;
  const options = optionsFor(model, endpoint).map(({ name }) => name);
  return [...options, ...model.extraFields].includes('user');
}

/** @param id of the model, as far as the form has been read */
function takesUserSoFar(id: string | undefined, models: readonly Model[]): boolean {
  if (id !== undefined) return takesUser(findModel(models, id), 'edits');
  const all = modelsFor(models, 'edits');
  const taking = all.filter((model) => takesUser(model, 'edits'));
  if (taking.length === all.length) return true;
  if (taking.length === 0) return false;
  throw new ApiError({
    code: 'invalid_value',
    param: 'model',
    message:
      'Send the field model before the first file: ' +
      'it decides whether the server adds the field user.',
  });
}

/** JSON with `user` as its first member; everything else stays as it came. */
function insertUser(json: Buffer, user: string): Buffer {
  // Only white space can stand before the brace, or the body fails its check.
  const at = json.indexOf(openingBrace) + 1;
  if (at === 0) {
    throw new ApiError({
      code: 'invalid_json',
      message: 'The body is not valid JSON: it begins with too much white space.',
    });
  }
  const field = Buffer.from(`"user":${JSON.stringify(user)},`);
  return Buffer.concat([json.subarray(0, at), field, json.subarray(at)]);
}

/** Refuses a client's own `user`. @throws ApiError `invalid_value` */
function refuseUser(body: object): void {
  if (!('user' in body)) return;
  throw new ApiError({
    code: 'invalid_value',
    param: 'user',
    message:
      'user cannot be set: the server sets it to the name of the signed-in user. Leave it out.',
  });
}

import 'server-only';
import { decodeChat, maxChatBytes } from '../../core/endpoints/chat/request';
import { maxEditBytes } from '../../core/endpoints/edits/request';
import { decodeGeneration, maxGenerationBytes } from '../../core/endpoints/generations/request';
import { readJsonBody } from '../../core/endpoints/json-body';
import { findModel, optionsFor } from '../../core/models/lookup';
import type { EndpointName, Model } from '../../core/models/model';
import { createUserField, refuseUser, withUserField } from '../access/user-field';
import type { SilenceWatch } from '../silence';
import { inspectChatBody, inspectEditBody } from './inspect-request';
import { checkContentType } from './request-guard';
import {
  type BodyInspector,
  type BodyReader,
  bodyTooLarge,
  readChunk,
  relayLast,
  relayUpload,
  type UploadEvents,
} from './upload';

/** A client's body that may go upstream: whole and checked, or checked while it passes. */
export interface Upload {
  contentType: string;
  contentLength: number | undefined;
  body: AsyncIterable<Uint8Array>;
  /** All checks have passed, and nothing is left to read of the client. */
  checked: boolean;
  /** Its last byte has been handed on, so that upstream may have the whole. */
  sent: boolean;
}

// Up to this many bytes JSON is read whole, so that a mistake never opens a connection upstream.
const wholeBytes = 1024 * 1024;

/**
 * Takes in a client's body. Small JSON is checked here; larger chat bodies and multipart come back
 * as a stream that checks itself as it is read, and throws at the first mistake.
 * @param reader of the request's body
 * @param user put into the body as its `user`, which a client may not send then
 * @param events what to do at the end of the upload
 * @throws ApiError
 */
export async function acceptUpload({
  endpoint,
  headers,
  reader,
  models,
  user,
  watch,
  events,
}: {
  endpoint: EndpointName;
  headers: Headers;
  reader: BodyReader;
  models: readonly Model[];
  user?: string;
  watch: SilenceWatch;
  events: Omit<UploadEvents, 'onSent'>;
}): Promise<Upload> {
  const { contentType, boundary } = checkContentType(headers, endpoint);
  const maxBytes = {
    generations: maxGenerationBytes,
    edits: maxEditBytes(models),
    chat: maxChatBytes,
  }[endpoint];
  const declared = headers.get('content-length');
  const contentLength = declared === null ? undefined : Number(declared);
  if (contentLength !== undefined && contentLength > maxBytes) throw bodyTooLarge(maxBytes);

  const uploadOf = (
    length: number | undefined,
    body: (events: UploadEvents) => AsyncIterable<Uint8Array>,
  ): Upload => {
    const upload = {
      contentType,
      contentLength: length,
      checked: false,
      sent: false,
      body: body({
        ...events,
        onChecked(facts) {
          upload.checked = true;
          return events.onChecked(facts);
        },
        onSent() {
          upload.sent = true;
        },
      }),
    };
    return upload;
  };
  const field =
    user === undefined
      ? undefined
      : createUserField({ user, boundary: endpoint === 'edits' ? boundary : undefined });
  const check = field ? refuseUser : () => {};
  const stream = (prefix: Uint8Array[], inspector: BodyInspector): Upload =>
    uploadOf(
      contentLength === undefined ? undefined : contentLength + (field?.byteLength ?? 0),
      (within) =>
        relayUpload({
          reader,
          prefix,
          inspector: field ? withUserField(inspector, field) : inspector,
          maxBytes,
          watch,
          events: within,
        }),
    );

  if (endpoint === 'edits') return stream([], inspectEditBody(boundary, models, check));
  const { chunks, isWhole } = await readStart(reader, watch);
  if (!isWhole) {
    if (endpoint === 'generations') throw bodyTooLarge(maxBytes);
    return stream(chunks, inspectChatBody(models, check));
  }
  const body = Buffer.concat(chunks);
  const request =
    endpoint === 'chat' ? decodeChat(readJsonBody(body), models) : decodeGeneration(body, models);
  check(request);
  const { model } = request;
  const named = field && takesUser(model, endpoint, models) ? field.write(body) : body;
  const upload = uploadOf(named.length, (within) => relayLast(named, watch, within));
  upload.checked = true;
  await events.onChecked({ model, request, texts: [], files: [] });
  return upload;
}

// What no entry of the catalogue knows does not go upstream, be it ours.
function takesUser(id: string, endpoint: EndpointName, models: readonly Model[]): boolean {
  const model = findModel(models, id);
  if (endpoint === 'chat' || !model) return true;
  const options = optionsFor(model, endpoint).map(({ name }) => name);
  return [...options, ...model.extraFields].includes('user');
}

async function readStart(
  reader: BodyReader,
  watch: SilenceWatch,
): Promise<{ chunks: Uint8Array[]; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = await readChunk(reader, watch);
    if (!chunk) return { chunks, isWhole: true };
    chunks.push(chunk);
    length += chunk.length;
    if (length > wholeBytes) return { chunks, isWhole: false };
  }
}

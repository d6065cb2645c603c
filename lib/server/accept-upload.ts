import 'server-only';
import { decodeChat, maxChatBytes } from '../core/endpoints/chat/request';
import { maxEditBytes } from '../core/endpoints/edits/request';
import { decodeGeneration, maxGenerationBytes } from '../core/endpoints/generations/request';
import { readJsonBody } from '../core/endpoints/json-body';
import type { EndpointName, Model } from '../core/models/model';
import { inspectChatBody, inspectEditBody } from './inspect-request';
import { checkContentType } from './request-guard';
import type { SilenceWatch } from './silence';
import { type BodyInspector, bodyTooLarge, readChunk, relayUpload } from './upload';

/** A client's body that may go upstream: whole and checked, or checked while it passes. */
export interface Upload {
  contentType: string;
  contentLength: number | undefined;
  body: Uint8Array | AsyncIterable<Uint8Array>;
  /** The model that the body names, once the checks have passed. */
  model: string | undefined;
  /** All checks have passed, and nothing but the last chunk may still be on its way. */
  checked: boolean;
}

// Up to this many bytes JSON is read whole, so that a mistake never opens a connection upstream.
const wholeBytes = 1024 * 1024;

/**
 * Takes in a client's body. Small JSON is checked here; larger chat bodies and multipart come back
 * as a stream that checks itself as it is read, and throws at the first mistake.
 * @param reader of the request's body
 * @throws ApiError
 */
export async function acceptUpload({
  endpoint,
  headers,
  reader,
  models,
  watch,
}: {
  endpoint: EndpointName;
  headers: Headers;
  reader: ReadableStreamDefaultReader<Uint8Array>;
  models: readonly Model[];
  watch: SilenceWatch;
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

  const stream = (prefix: Uint8Array[], inspector: BodyInspector): Upload => {
    const upload: Upload = {
      contentType,
      contentLength,
      model: undefined,
      checked: false,
      body: relayUpload({
        reader,
        prefix,
        inspector,
        maxBytes,
        watch,
        onChecked: ({ model }) => Object.assign(upload, { model, checked: true }),
      }),
    };
    return upload;
  };

  if (endpoint === 'edits') return stream([], inspectEditBody({ boundary, models }));
  const { chunks, isWhole } = await readStart(reader, watch);
  if (!isWhole) {
    if (endpoint === 'generations') throw bodyTooLarge(maxBytes);
    return stream(chunks, inspectChatBody(models));
  }
  const body = Buffer.concat(chunks);
  const { model } =
    endpoint === 'chat' ? decodeChat(readJsonBody(body), models) : decodeGeneration(body, models);
  return { contentType, contentLength: body.length, body, model, checked: true };
}

async function readStart(
  reader: ReadableStreamDefaultReader<Uint8Array>,
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

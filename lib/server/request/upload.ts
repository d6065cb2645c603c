import 'server-only';
import { maxChatBytes } from '../../core/endpoints/chat/chat-request';
import { maxEditBytes } from '../../core/endpoints/edit-request';
import { maxGenerationBytes } from '../../core/endpoints/image-request';
import type { EndpointName, Model } from '../../core/models/model';
import { type SilenceWatch, upstreamSilent } from '../upstream';
import { type BodyReader, bodyTooLarge, readChunk } from './body-reader';
import { type BodyStart, startOfForm, startOfJson } from './body-start';
import type { UploadFacts } from './inspect-request';
import { checkContentType } from './request-guard';

/** What happens to an upload at its end, in this order. */
export interface UploadEvents {
  /**
   * The model of a form is known, and its files are still to come. Upstream's connection opens only after this.
   * @throws ApiError the request is refused before they have
   */
  begun?(facts: Pick<UploadFacts, 'model'>): Promise<void> | void;
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
  /** As the server writes it. */
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
  /** The client named a user of its own, as far as is known, and the server's went upstream instead. */
  userReplaced: boolean;
  /** What the iteration of `body` has thrown: a failed check, or the error of a client that left. */
  failure: unknown;
}

interface Acceptance {
  endpoint: EndpointName;
  headers: Headers;
  reader: BodyReader;
  models: readonly Model[];
  /** Put into the body as its `user`, instead of the client's. */
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
    userReplaced: false,
    failure: undefined,
  };
  if (start.facts) await passChecks(upload, events, start.facts);
  else if (start.model !== undefined) await events.begun?.({ model: start.model });
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
  upload: Pick<Upload, 'state' | 'userReplaced'>,
  events: UploadEvents,
  facts: UploadFacts,
): Promise<void> {
  upload.state = 'checked';
  upload.userReplaced = facts.userReplaced;
  await events.checked?.(facts);
}

function maxBodyBytes(endpoint: EndpointName, models: readonly Model[]): number {
  if (endpoint === 'edits') return maxEditBytes(models);
  return endpoint === 'chat' ? maxChatBytes : maxGenerationBytes;
}

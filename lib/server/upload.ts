import 'server-only';
import { ApiError } from '../core/errors';
import type { SilenceWatch } from './silence';

/** Looks at a body as it passes. */
export interface BodyInspector {
  /** Takes the next bytes and gives those that may go on. @throws ApiError */
  write(chunk: Uint8Array): Uint8Array;
  /** Gives the verdict on the whole body, and the model that it names. @throws ApiError */
  end(): { model: string };
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

const drainBytes = 1024 ** 3;
const drainMs = 60_000;

/**
 * The client's body on its way upstream, one chunk at a time with back-pressure. The last chunk
 * stays here until the inspector has agreed to the whole, so that what fails a check is never
 * complete upstream.
 * @param prefix chunks that were read already
 * @throws ApiError from the iteration: a failed check, too many bytes, a client that fell silent
 */
export async function* relayUpload({
  reader,
  prefix = [],
  inspector,
  maxBytes,
  watch,
  onChecked,
}: {
  reader: BodyReader;
  prefix?: Uint8Array[];
  inspector: BodyInspector;
  maxBytes: number;
  watch: SilenceWatch;
  onChecked: (checked: { model: string }) => void;
}): AsyncGenerator<Uint8Array, void> {
  let total = 0;
  let held: Uint8Array | undefined;
  const pending = [...prefix];
  for (;;) {
    const chunk = pending.shift() ?? (await readChunk(reader, watch));
    if (!chunk) break;
    total += chunk.length;
    if (total > maxBytes) throw bodyTooLarge(maxBytes);
    const cleared = inspector.write(chunk);
    if (cleared.length === 0) continue;
    if (held) yield* watchedYield(held, watch);
    held = cleared;
  }
  onChecked(inspector.end());
  if (held) yield* watchedYield(held, watch);
  watch.begin(upstreamSilent);
}

// Until upstream asks for more, it is upstream that is silent.
function* watchedYield(chunk: Uint8Array, watch: SilenceWatch): Generator<Uint8Array, void> {
  watch.begin(upstreamSilent);
  yield chunk;
  watch.end();
}

/** The next chunk of the client's body, or `undefined` at its end. */
export async function readChunk(
  reader: BodyReader,
  watch: SilenceWatch,
): Promise<Uint8Array | undefined> {
  watch.begin(() => new Error('The upload stopped'));
  const { value } = await reader.read();
  watch.end();
  return value;
}

/**
 * Reads the rest of an upload and drops it. An answer that comes while the client is still sending
 * reaches many clients only once they are done; beyond a bound the connection is given up.
 */
export async function drainUpload(reader: BodyReader): Promise<void> {
  const deadline = Date.now() + drainMs;
  let left = drainBytes;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      left -= value.length;
      if (left < 0 || Date.now() > deadline) return await reader.cancel();
    }
  } catch {
    // The client has gone: nothing is left to read, and nobody to tell.
  }
}

/** The error of a body over the limit of its endpoint. */
export function bodyTooLarge(maxBytes: number): ApiError {
  return new ApiError({
    code: 'request_too_large',
    message: `The request is larger than ${maxBytes} bytes, the most that this endpoint takes.`,
  });
}

/** The error of an upstream that said nothing for too long. */
export function upstreamSilent(): ApiError {
  return new ApiError({
    code: 'upstream_timeout',
    message:
      'The gateway was silent for longer than TURING_TIMEOUT_MS allows. It may have carried out ' +
      'the request, and charged it, all the same.',
  });
}

/** A string of a JSON text that is made only when it is written: base64 of bytes. */
export class Base64Text {
  constructor(
    /** Asked once, when the text before has gone out. */
    readonly load: () => Promise<Uint8Array>,
    /** Stands before the base64, such as that of a data URL. */
    readonly prefix = '',
  ) {}
}

/** What can be written: JSON with base64 strings still to come; `undefined` is left out. */
export type Writable =
  | null
  | undefined
  | boolean
  | number
  | string
  | Base64Text
  | readonly Writable[]
  | { readonly [key: string]: Writable };

/** Thrown where an answer is to break off. */
export class BrokenOff extends Error {}

// A multiple of 3, so that the base64 of the slices is the base64 of the whole.
const sliceBytes = 3 * 16_384;

/**
 * Writes JSON in pieces of about 64 KB at most, so that no picture ever is one string.
 * @param breakInPicture throws BrokenOff after half of the first picture
 */
export async function* writeJson(
  value: Writable,
  { breakInPicture = false }: { breakInPicture?: boolean } = {},
): AsyncGenerator<string> {
  let text = '';
  for (const token of tokensOf(value)) {
    if (!(token instanceof Base64Text)) {
      text += token;
      continue;
    }
    yield `${text}"${token.prefix}`;
    text = '"';
    const bytes = Buffer.from(await token.load());
    const end = breakInPicture ? Math.ceil(bytes.length / 2) : bytes.length;
    for (let start = 0; start < end; start += sliceBytes) {
      yield bytes.toString('base64', start, Math.min(start + sliceBytes, end));
    }
    if (breakInPicture) throw new BrokenOff('The answer breaks off on request.');
  }
  if (text !== '') yield text;
}

function* tokensOf(value: Writable): Generator<string | Base64Text> {
  if (value instanceof Base64Text) {
    yield value;
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield index === 0 ? '[' : ',';
      yield* tokensOf(item);
    }
    yield value.length === 0 ? '[]' : ']';
  } else if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    for (const [index, [key, field]] of fields.entries()) {
      yield `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
      yield* tokensOf(field);
    }
    yield fields.length === 0 ? '{}' : '}';
  } else {
    yield JSON.stringify(value ?? null);
  }
}

/**
 * A response body from text made piece by piece: nothing is made before it is asked for, and
 * nothing more once the reader or the client has gone.
 * @param brokenEnd how a BrokenOff looks outside: a clean end too early, or a lost connection
 */
export function answerBody({
  pieces,
  work,
  brokenEnd,
}: {
  pieces: AsyncGenerator<string>;
  /** Ends the work that the pieces come from. */
  work: AbortController;
  brokenEnd: 'close' | 'error';
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const stop = () => controller.error(work.signal.reason);
        if (work.signal.aborted) stop();
        else work.signal.addEventListener('abort', stop, { once: true });
      },
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (work.signal.aborted) return;
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          if (work.signal.aborted) return;
          if (error instanceof BrokenOff && brokenEnd === 'close') controller.close();
          else controller.error(error);
        }
      },
      async cancel(reason) {
        work.abort(reason ?? new DOMException('The reader has gone.', 'AbortError'));
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A controller that aborts with the client's signal, and can abort by itself. */
export function workFor(request: Request): AbortController {
  const work = new AbortController();
  const stop = () => work.abort(request.signal.reason);
  if (request.signal.aborted) stop();
  else request.signal.addEventListener('abort', stop, { once: true });
  return work;
}

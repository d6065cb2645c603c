import { expect } from 'vitest';
import type { Run } from '../../core/runs/run';
import { createImagesBytesReader, type ImagesAnswerEvent } from './images-reader';
import type { PictureFile } from './picture-collector';
import { type BytesReader, type ReadEvent, readAnswer } from './read-answer';

export const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const body = new TextEncoder().encode(
  JSON.stringify({
    created: 1,
    data: [{ b64_json: onePixel }, { b64_json: '!!!!' }, { b64_json: onePixel }],
    usage: { total_tokens: 3 },
  }),
);

export const done: Run = {
  id: 'r',
  endpoint: 'generations',
  model: 'm',
  state: 'done',
  status: 200,
  createdAt: 1000,
  firstByteAt: 2000,
  endedAt: 5000,
  receivedBytes: 1,
  bytes: body.length,
  error: null,
};

type Reply = (offset: number) => Response;
export const runId = { 'run-id': 'r' };
/** An answer from the offset to a place, ended or broken off there. */
export const upTo =
  (end: number, { breaks = false } = {}): Reply =>
  (offset) => {
    const part = body.slice(offset, end);
    let isSent = false;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (!isSent && part.length > 0) controller.enqueue(part);
        else if (breaks) controller.error(new TypeError('network error'));
        else controller.close();
        isSent = true;
      },
    });
    return new Response(stream, { headers: runId });
  };
export const whole = upTo(body.length);
export const page = (status: number): Reply => {
  return () => new Response('<html><h1>Bad gateway</h1></html>', { status });
};
export const lost: Reply = () => {
  throw new TypeError('Failed to fetch');
};

/** An answer from the offset to a place, with which the connection falls silent. */
export const silentAt =
  (end: number): Reply =>
  (offset) => {
    let isSent = false;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (isSent) return new Promise(() => {});
        controller.enqueue(body.slice(offset, end));
        isSent = true;
      },
    });
    return new Response(stream, { headers: runId });
  };

export async function read({
  replies,
  runs = [done],
  now,
  isSilent = false,
  readers = [],
}: {
  replies: Reply[];
  runs?: (Run | undefined)[];
  now?: () => number;
  /** Whether silences come to be long ones. */
  isSilent?: boolean;
  /** What the first readers do to the product's; later ones are the product's. */
  readers?: ((reader: BytesReader) => BytesReader)[];
}) {
  const events: ReadEvent<ImagesAnswerEvent | PictureFile>[] = [];
  const offsets: number[] = [];
  const waits: number[] = [];
  let asked = 0;
  const report = (event: (typeof events)[number]) => events.push(event);
  await readAnswer<ImagesAnswerEvent | PictureFile>({
    id: 'r',
    openReader(told) {
      const reader = createImagesBytesReader(told, now);
      return readers.shift()?.(reader) ?? reader;
    },
    report,
    signal: new AbortController().signal,
    wait: async (milliseconds) => void waits.push(milliseconds),
    server: {
      async fetchAnswer({ offset, signal }) {
        offsets.push(offset);
        const reply = replies.shift();
        if (!reply) throw new Error('The test has no more replies.');
        return cutBy(signal, reply(offset));
      },
      fetchRun: async () => runs[Math.min(asked++, runs.length - 1)],
    },
    every(_, action) {
      const timer = setInterval(() => isSilent && action(), 1);
      return () => clearInterval(timer);
    },
  });
  const ends = events.filter(({ type }) => type === 'end' || type === 'trouble');
  expect(ends).toHaveLength(1);
  expect(events.at(-1)).toBe(ends[0]);
  const pictures = events.flatMap((event) => (event.type === 'picture' ? [event] : []));
  const files = events.flatMap((event) => (event.type === 'file' ? [event.file] : []));
  return { end: ends[0], pictures, files, offsets, waits, events };
}

/** As `fetch` has it: whoever gives the request up has the body end with an error. */
function cutBy(signal: AbortSignal, response: Response): Response {
  const { headers, status } = response;
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => signal.addEventListener('abort', () => controller.error(signal.reason)),
  });
  return new Response(response.body?.pipeThrough(cut), { headers, status });
}

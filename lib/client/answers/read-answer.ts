import { ApiError } from '../../core/api-error';
import { createElidedText } from '../../core/bytes/elided-text';
import { durationOf, hasEnded, type Run } from '../../core/runs/run';
import {
  failureOfError,
  failureOfLostRun,
  failureOfRun,
  failureOfSignedOut,
  failureOfUnread,
  type RunFailure,
} from '../../core/runs/run-failure';
import type { LocalRunEvent } from '../../core/runs/run-state';
import { fetchAnswer, fetchRun, readRefusal, SignedOut } from '../api/api';
import { every as everyInterval } from '../browser/timers';
import { createHashedReport } from './hashed-report';

const firstWaitMs = 500;
const longestWaitMs = 8_000;
/** After so many pages of a proxy in a row, its page is the answer. */
const mostProxyPages = 6;
/** A reader that throws at this many tries, each from the first byte, throws at every one. */
const mostReadings = 2;
/** After so long without a byte, the server is asked whether there are more. */
const silenceMs = 15_000;

/** What is reported of an answer: what its bytes hold, that it failed, how the connection is. */
export type ReadEvent<Event> =
  | Event
  | Extract<LocalRunEvent, { type: 'trouble' | 'answered' }>
  | { type: 'connection'; isLost: boolean };

/** Reads the bytes of an answer of one kind, and reports what it finds as it goes. */
export interface BytesReader {
  write(chunk: Uint8Array): void;
  /**
   * The answer is whole; reports its end.
   * @throws ApiError if the bytes are no answer of this kind
   */
  end(durationMs: number | null): void;
  /** Nothing more comes, though the answer is not whole; reports what is still held back. */
  giveUp?(): void;
}

interface Reading<Event> {
  id: string;
  openReader: (report: (event: Event) => void) => BytesReader;
  report: (event: ReadEvent<Event>) => void;
  signal: AbortSignal;
  wait: (milliseconds: number) => Promise<void>;
  server?: { fetchAnswer: typeof fetchAnswer; fetchRun: typeof fetchRun };
  every?: typeof everyInterval;
}

/**
 * Reads the answer to a run as it streams and reports each thing in it as soon as it is whole. After a
 * lost connection the reading goes on from the next byte, for as long as that takes. Whether the answer
 * is whole is known from the server's run, never from the end of a connection. Where the reader itself
 * throws, the answer is read once more, by a new reader; then that is its end (`unread`).
 */
export async function readAnswer<Event>({ report, ...reading }: Reading<Event>): Promise<void> {
  const hashed = createHashedReport(report);
  await readBytes<Event>({ ...reading, report: hashed.report });
  await hashed.settled();
}

async function readBytes<Event>({
  id,
  openReader,
  report,
  signal,
  wait,
  server = { fetchAnswer, fetchRun },
  every = everyInterval,
}: Reading<Event>): Promise<void> {
  let offset = 0;
  let failures = 0;
  let pages = 0;
  let readings = 0;
  let text = createElidedText();
  let reader = startOver();

  for (;;) {
    const connection = new AbortController();
    const cut = () => connection.abort();
    signal.addEventListener('abort', cut);
    const stopWatching = watchSilence(cut);
    try {
      const before = offset;
      signal.throwIfAborted();
      const response = await server.fetchAnswer({ id, offset, signal: connection.signal });
      if (!response.headers.has('run-id')) {
        pages++;
        const refusal = await readRefusal(response);
        if (pages >= mostProxyPages || refusal.kind === 'signed_out') return fail(refusal);
        throw new Error(`A proxy answered with ${response.status}.`);
      }
      connected();
      if (response.status === 202) {
        await wait(firstWaitMs);
        continue;
      }
      if (!response.ok) {
        await keepText(response.clone());
        const refusal = await readRefusal(response);
        const run = await server.fetchRun(id);
        if (run) answered(run, response);
        return fail(refusal, run);
      }
      for await (const chunk of chunksOf(response)) {
        text.write(chunk);
        readWith(() => reader.write(chunk));
        offset += chunk.length;
      }
      const run = await server.fetchRun(id);
      if (!run) return fail(failureOfLostRun());
      if (hasEnded(run) && offset >= run.bytes) {
        answered(run, response);
        return finish(run);
      }
      if (offset === before) await wait(firstWaitMs);
    } catch (error) {
      if (signal.aborted) return giveUp();
      // The bytes are wrong, so reading them again would not help.
      if (error instanceof ApiError) return fail(failureOfError(error));
      if (error instanceof SignedOut) return fail(failureOfSignedOut());
      if (error instanceof ReaderError) {
        if (readings === mostReadings) return fail(failureOfUnread(error.message));
        reader = startOver();
        continue;
      }
      failures++;
      if (failures === 2) report({ type: 'connection', isLost: true });
      await wait(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 10)));
    } finally {
      stopWatching();
      signal.removeEventListener('abort', cut);
    }
  }

  /** A silent connection has died unnoticed, or the upstream is silent, which may take minutes. */
  function watchSilence(onDead: () => void): () => void {
    let seen = offset;
    return every(silenceMs, async () => {
      if (offset > seen) {
        seen = offset;
        return;
      }
      const run = await server.fetchRun(id).catch(() => null);
      const hasMore = run === null || (run && (run.bytes > seen || hasEnded(run)));
      if (hasMore && offset === seen) onDead();
    });
  }

  /** The server has answered, or is not asked any more. */
  function connected(): void {
    if (failures >= 2) report({ type: 'connection', isLost: false });
    failures = 0;
    pages = 0;
  }

  /** A new reader, for the bytes from the first one on. What one before it still reports is dropped. */
  function startOver(): BytesReader {
    const reading = ++readings;
    offset = 0;
    text = createElidedText();
    return openReader((event) => {
      if (reading === readings) report(event);
    });
  }

  async function keepText(response: Response): Promise<void> {
    for await (const chunk of chunksOf(response)) text.write(chunk);
  }

  /** Reports how the answer came, before what it ends with. */
  function answered(run: Run, { status, headers }: Response): void {
    report({
      type: 'answered',
      facts: {
        status,
        requestId: headers.get('x-request-id'),
        firstByteMs: run.firstByteAt === null ? null : run.firstByteAt - run.createdAt,
        durationMs: durationOf(run),
        text: text.end(),
      },
      firstPictureAt: null,
    });
  }

  function finish(run: Run): void {
    if (run.state === 'done') readWith(() => reader.end(durationOf(run)));
    else fail(failureOfRun(run), run);
  }

  /** What is held back may be what cannot be read; why the reading ends is told all the same. */
  function giveUp(): void {
    try {
      reader.giveUp?.();
    } catch {}
  }

  function fail(trouble: RunFailure, run?: Run): void {
    connected();
    giveUp();
    report({ type: 'trouble', trouble, durationMs: run ? durationOf(run) : null });
  }
}

/** A reader has thrown what it does not know of: no network and no repeat of these bytes helps. */
class ReaderError extends Error {}

/** @throws ApiError as the reader does; ReaderError for everything else */
function readWith(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ReaderError(
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    );
  }
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array, void> {
  const body = response.body?.getReader();
  for (let part = await body?.read(); part && !part.done; part = await body?.read()) {
    yield part.value;
  }
}

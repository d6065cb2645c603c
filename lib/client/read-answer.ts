import { createImagesAnswerReader } from '../core/endpoints/images-answer';
import { ApiError } from '../core/errors';
import { durationOf, hasEnded, type Run } from '../core/run';
import { type Trouble, troubleOfError, troubleOfLostRun, troubleOfRun } from '../core/trouble';
import type { AnswerEvent } from './answer-events';
import { createPictureCollector } from './collect-picture';
import { getRun, openAnswer, readRefusal } from './runs';

const progressEveryMs = 200;
const firstWaitMs = 500;
const longestWaitMs = 8_000;
// A proxy's page that stays is its answer, not a hiccup.
const mostProxyPages = 6;

/**
 * Reads the answer to a run as it streams and reports its pictures one by one, each as soon as it is
 * whole. A connection that is lost is taken up again from its byte, for as long as it takes: whether
 * the answer is whole, the server's run says, never the end of a connection.
 */
export async function readAnswer({
  id,
  report,
  signal,
  wait,
  now = Date.now,
  server = { openAnswer, getRun },
}: {
  id: string;
  report: (event: AnswerEvent) => void;
  signal: AbortSignal;
  wait: (milliseconds: number) => Promise<void>;
  now?: () => number;
  server?: { openAnswer: typeof openAnswer; getRun: typeof getRun };
}): Promise<void> {
  const reader = createPictureReader({ report, now });
  let offset = 0;
  let failures = 0;
  let pages = 0;

  for (;;) {
    try {
      const before = offset;
      const response = await server.openAnswer({ id, offset, signal });
      if (!response.headers.has('run-id')) {
        pages++;
        if (pages >= mostProxyPages) return fail(await readRefusal(response));
        throw new Error(`A proxy answered with ${response.status}.`);
      }
      connected();
      if (response.status === 202) {
        await wait(firstWaitMs);
        continue;
      }
      if (!response.ok) return fail(await readRefusal(response), await server.getRun(id));
      for await (const chunk of chunksOf(response)) {
        reader.write(chunk);
        offset += chunk.length;
      }
      const run = await server.getRun(id);
      if (!run) return fail(troubleOfLostRun());
      if (hasEnded(run) && offset >= run.bytes) return finish(run);
      if (offset === before) await wait(firstWaitMs);
    } catch (error) {
      if (signal.aborted) return;
      // The bytes themselves are wrong: reading them again would not help.
      if (error instanceof ApiError) return fail(troubleOfError(error));
      failures++;
      if (failures === 2) report({ type: 'connection', isLost: true });
      await wait(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 10)));
    }
  }

  /** The server is there, or nothing is asked of it any more. */
  function connected(): void {
    if (failures >= 2) report({ type: 'connection', isLost: false });
    failures = 0;
    pages = 0;
  }

  function finish(run: Run): void {
    if (run.state === 'done') {
      report({ type: 'end', answer: reader.end(), durationMs: durationOf(run) });
    } else {
      fail(troubleOfRun(run), run);
    }
  }

  function fail(trouble: Trouble, run?: Run): void {
    connected();
    report({ type: 'trouble', trouble, durationMs: run ? durationOf(run) : null });
  }
}

/** Cuts the pictures out of an answer's bytes, and reports them. */
function createPictureReader({
  report,
  now,
}: {
  report: (event: AnswerEvent) => void;
  now: () => number;
}) {
  const collectors = new Map<number, ReturnType<typeof createPictureCollector>>();
  let reportedAt = 0;
  return createImagesAnswerReader({
    onStart: (index) => collectors.set(index, createPictureCollector()),
    onBytes: (index, bytes) => {
      const collector = collectors.get(index);
      collector?.add(bytes);
      if (!collector || now() - reportedAt < progressEveryMs) return;
      reportedAt = now();
      report({ type: 'arriving', index, bytes: collector.size });
    },
    onEnd: (index, isWhole) => {
      const collector = collectors.get(index);
      collectors.delete(index);
      if (!collector || collector.size === 0 || !isWhole) return;
      const { size } = collector;
      const { blob, hash, header } = collector.finish();
      const picture = { kind: 'picture' as const, hash, byteLength: size, header };
      report({ type: 'picture', index, picture, blob });
    },
  });
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array, void> {
  const body = response.body?.getReader();
  for (let part = await body?.read(); part && !part.done; part = await body?.read()) {
    yield part.value;
  }
}

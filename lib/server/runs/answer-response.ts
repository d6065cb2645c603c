import 'server-only';
import { ApiError } from '../../core/api-error';
import { hasEnded } from '../../core/runs/run';
import { apiHeaders, jsonResponse } from '../answer/response';
import { log } from '../log';
import { noAnswer } from './run-errors';
import type { AnswerReader, StoredRun } from './store';

const pullBytes = 256 * 1024;
/** A proxy in front gives up after 60 s; this is well before. */
const patienceMs = 25_000;

/**
 * Answers with a run's answer from a byte on, as it arrives. A run without one yet gets 202 after a
 * while, never silence. The body ends where the run does, however that was: only the run's state
 * and its count of bytes say whether it is whole.
 * @param offset in bytes
 * @throws ApiError `run_gone` if the run ended without an answer, or the disk has lost it
 */
export async function answerResponse({
  run,
  offset,
  signal,
  waitMs = patienceMs,
}: {
  run: StoredRun;
  offset: number;
  signal: AbortSignal;
  waitMs?: number;
}): Promise<Response> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
  while (!run.head && !hasEnded(run.view()) && !patience.aborted) await run.changed(patience);
  const runId = { 'run-id': run.key.id };
  if (run.head) {
    const { status, headers } = run.head;
    const reader = await run.openAnswer();
    return new Response(answerBody({ run, reader, offset, signal }), {
      status,
      headers: { ...apiHeaders, ...headers, ...runId },
    });
  }
  if (hasEnded(run.view())) throw noAnswerOf(run);
  return jsonResponse(run.view(), { status: 202, headers: { 'retry-after': '1', ...runId } });
}

function noAnswerOf(run: StoredRun): ApiError {
  const why = run.view().error?.message ?? 'This run was cancelled before it had an answer.';
  return noAnswer({ why, mayBeCharged: !run.released });
}

function answerBody({
  run,
  reader,
  offset,
  signal,
}: {
  run: StoredRun;
  reader: AnswerReader;
  offset: number;
  signal: AbortSignal;
}): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  let at = offset;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          while (at >= run.view().bytes && !hasEnded(run.view()) && !stop.aborted) {
            await run.changed(stop);
          }
          const chunk =
            stop.aborted || at >= run.view().bytes ? undefined : await reader.read(at, pullBytes);
          if (chunk && chunk.length > 0) {
            at += chunk.length;
            controller.enqueue(chunk);
            return;
          }
        } catch (error) {
          // The bytes are lost: the client counts them and asks the run.
          if (!(error instanceof ApiError)) log().error({ err: error }, 'unexpected failure');
        }
        await reader.close();
        if (!left.signal.aborted) controller.close();
      },
      async cancel() {
        left.abort();
        await reader.close();
      },
    },
    { highWaterMark: 0 },
  );
}

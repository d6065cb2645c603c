import { isResumable, isServerAway } from '../../core/runs/failure-kind';
import { durationOf, hasEnded, isTakenUp, type Run } from '../../core/runs/run';
import {
  failureOfFullBrowser,
  failureOfLostRun,
  failureOfNetwork,
  failureOfRun,
  failureOfSignedOut,
  failureOfTicket,
  failureOfUnread,
  type RunFailure,
} from '../../core/runs/run-failure';
import { isStarted, type LocalRun, type LocalRunEvent } from '../../core/runs/run-state';
import {
  type EncodedRequest,
  type fetchRun,
  type postRun,
  SignedOut,
  type takeTicket,
} from '../api/api';
import { isOutOfRoom, isReadable } from '../pictures/readable-blob';
import type { createRunPoll } from './poll-runs';
import { type createConnectionLimit, type LentConnection, postOrFind } from './run-requests';

const mostPosts = 4;
const mostReads = 4;
const firstWaitMs = 500;
/** Uploads from this size on ask first whether it is their turn, in bytes. */
const largeBytes = 4_000_000;

type Failure = Extract<LocalRunEvent, { type: 'trouble' }>;

/** What happens to a run of any kind; its end is an event of its kind. */
export type EngineEvent = Exclude<LocalRunEvent, { type: 'end' }>;

/** What a try needs to know of the kind of its run. */
export interface AttemptKind<R extends LocalRun, Event> {
  /** The request as the wire has it; `trouble` if a file of it is not kept any more. */
  encode(run: R): Promise<EncodedRequest | { trouble: RunFailure }>;
  /** What it asks for, as the server counts it; the model's lane is told of each start and each refusal. */
  asks(run: R): { model: string; pictures: number };
  /**
   * Gets ready to read the answer of the current try, which will come, and asks for it already where there is a
   * connection to `spare`. Returns what says that it is not awaited any more.
   */
  awaitAnswer(run: R, spare: LentConnection | undefined): () => void;
  /** Reads the answer of the current try. @throws if what reads it could not be loaded */
  openAnswer(run: R, reading: AnswerReading<Event>): Promise<void>;
}

/** Where an answer is reported as it is read; `signal` ends the reading. */
export interface AnswerReading<Event> {
  signal: AbortSignal;
  report(event: Event | Failure): void;
}

/** What the tries of all runs of a tab share. */
export interface AttemptDeps {
  postRun: typeof postRun;
  fetchRun: typeof fetchRun;
  takeTicket: typeof takeTicket;
  limit: ReturnType<typeof createConnectionLimit>;
  watch: ReturnType<typeof createRunPoll>['watch'];
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
}

/**
 * One try of a run, from wherever it stands: posts the request, waits until the server has an answer,
 * and reads it. What is repeated within a try is repeated under its idempotency key.
 * @param hasTurn its turn in the model's line has come
 * @param apply writes an event into the run
 * @param save saves the run as it is then
 * @returns how the try ends
 * @throws the signal's reason
 */
export async function attemptRun<R extends LocalRun, Event extends { type: string }>({
  run,
  kind,
  hasTurn,
  apply,
  save,
  signal,
  deps,
}: {
  run: R;
  kind: AttemptKind<R, Event>;
  hasTurn: boolean;
  apply: (event: EngineEvent | Event) => void;
  save: () => Promise<void>;
  signal: AbortSignal;
  deps: AttemptDeps;
}): Promise<EngineEvent | Event> {
  const { key } = run;
  try {
    return (isStarted(run) ? undefined : await start()) ?? (await follow());
  } catch (error) {
    if (error instanceof SignedOut) return failed(failureOfSignedOut());
    throw error;
  }

  /** Starts the run, or finds it started. @returns why it cannot be started */
  async function start(): Promise<Failure | undefined> {
    const leave = await deps.limit.enter(signal);
    try {
      apply({ type: 'uploading' });
      for (let count = 1; ; count++) {
        const refusal = await post();
        // A proxy that answers does not know the run: it may be there from before a reload.
        const isOfProxy = refusal?.trouble.status != null && refusal.trouble.code === null;
        const mayBeThere = refusal?.isUnknown || isOfProxy;
        if (!refusal || (mayBeThere && (await isAtServer()))) {
          await save();
          return undefined;
        }
        if (!refusal.isUnknown || count === mostPosts) return failed(refusal.trouble);
        await deps.pause(firstWaitMs * 2 ** (count - 1), signal);
      }
    } finally {
      leave();
    }
  }

  /** @returns why the request was not taken up; `isUnknown`: its answer got lost, so it may have been */
  async function post(): Promise<{ trouble: RunFailure; isUnknown: boolean } | undefined> {
    const sentAt = deps.now();
    try {
      const encoded = await encode();
      const tooEarly = 'trouble' in encoded ? undefined : await askForTurn(encoded);
      const outcome =
        'trouble' in encoded
          ? encoded
          : (tooEarly ??
            (await postOrFind({ key, ...encoded }, signal, deps.postRun, deps.fetchRun)));
      if ('trouble' in outcome) {
        const { trouble } = outcome;
        // A proxy's own page says nothing of the request; a server that is stopping has refused it.
        return { trouble, isUnknown: isResumable(trouble) && !isServerAway(trouble) };
      }
      // The server took it up when it began to arrive, which is long before the end of a large upload.
      const clockOffset = outcome.run.createdAt - sentAt;
      apply({ type: 'reported', run: outcome.run, clockOffset });
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      return { trouble: networkFailure(error), isUnknown: true };
    }
  }

  /** @returns why a large upload would be refused now. Whatever else is wrong, the start itself is told. */
  async function askForTurn({
    body,
  }: EncodedRequest): Promise<{ trouble: RunFailure } | undefined> {
    if (hasTurn || typeof body === 'string' || body.size < largeBytes) return undefined;
    const told = await deps.takeTicket({ key, ...kind.asks(run) }).catch(() => undefined);
    signal.throwIfAborted();
    if (!told) return undefined;
    if ('ticket' in told) {
      return told.ticket.heldUntil === null ? { trouble: failureOfTicket() } : undefined;
    }
    return told.trouble.status === 429 ? told : undefined;
  }

  /** The request as the wire has it, or why this browser cannot send it. */
  async function encode(): ReturnType<typeof kind.encode> {
    try {
      const encoded = await kind.encode(run);
      const body = 'body' in encoded ? encoded.body : '';
      if (typeof body === 'string' || (await isReadable(body))) return encoded;
    } catch (error) {
      if (!isOutOfRoom(error)) throw error;
    }
    signal.throwIfAborted();
    return { trouble: failureOfFullBrowser() };
  }

  /** @returns the run at the server, once that is enough; undefined if the server does not know it */
  function watch(isEnough: (seen: Run) => boolean): Promise<Run | undefined> {
    return deps.watch({
      id: key,
      signal,
      isEnough,
      onReport(seen, clockOffset) {
        if (isTakenUp(seen)) apply({ type: 'reported', run: seen, clockOffset });
      },
    });
  }

  /**
   * Whether the server has taken the request up; waits until the server can be reached. What it has
   * not received whole, or has lost, is posted again under the same key.
   */
  async function isAtServer(): Promise<boolean> {
    const seen = await watch(() => true);
    return seen !== undefined && isTakenUp(seen);
  }

  /** Waits for the answer of the started run, and reads it. */
  async function follow(): Promise<EngineEvent | Event> {
    const lent = deps.limit.lend();
    const stopAwaiting = kind.awaitAnswer(run, lent);
    try {
      return await waitAndRead(() => lent?.giveBack());
    } finally {
      lent?.giveBack();
      stopAwaiting();
    }
  }

  async function waitAndRead(giveBack: () => void): Promise<EngineEvent | Event> {
    const seen = await watch((now) => now.status !== null || hasEnded(now));
    if (!seen) return failed(failureOfLostRun());
    if (seen.state === 'cancelled') return { type: 'cancel', now: deps.now() };
    if (seen.status === null) return failed(failureOfRun(seen), seen);
    giveBack();
    const leave = await deps.limit.enter(signal);
    let ending: Event | Failure | undefined;
    const reading = new AbortController();
    const stop = () => reading.abort();
    signal.addEventListener('abort', stop);
    const report = (event: Event | Failure) => {
      if (reading.signal.aborted) return;
      if (event.type === 'end' || event.type === 'trouble') {
        ending = event;
        // The connection is free; what still goes on is the saving of pictures.
        leave();
      }
      // Whether that is the end of the run is decided by the engine, which counts the tries.
      if (isFailure(event) && mayGoOn(event.trouble)) return;
      try {
        apply(event);
      } catch (error) {
        ending = failed(unreadFailure(error));
        stop();
      }
    };
    try {
      await read(report, reading.signal);
    } catch (error) {
      if (error instanceof SignedOut) throw error;
      // The server is there, and so is the answer.
      ending ??= failed(unreadFailure(error));
    } finally {
      signal.removeEventListener('abort', stop);
      leave();
    }
    signal.throwIfAborted();
    return ending ?? failed(failureOfLostRun());
  }

  /** @throws if what reads the answer cannot be loaded, though the server is there */
  async function read(report: AnswerReading<Event>['report'], reading: AbortSignal): Promise<void> {
    for (let count = 1; ; count++) {
      try {
        return await kind.openAnswer(run, { signal: reading, report });
      } catch (error) {
        reading.throwIfAborted();
        // The network may be away; the answer waits at the server.
        await watch(() => true);
        if (count === mostReads) throw error;
        await deps.pause(firstWaitMs * 2 ** (count - 1), signal);
      }
    }
  }
}

export function isFailure(event: { type: string }): event is Failure {
  return event.type === 'trouble';
}

export function isRateLimit({ kind, status }: RunFailure): boolean {
  return kind === 'rate_limit' && status === 429;
}

/** Whether a failure ends a try and not the run: after a 429, or until somebody signs in. */
function mayGoOn(failure: RunFailure): boolean {
  return isRateLimit(failure) || failure.kind === 'signed_out';
}

function failed(trouble: RunFailure, run?: Run): Failure {
  return { type: 'trouble', trouble, durationMs: run ? durationOf(run) : null };
}

function networkFailure(error: unknown): RunFailure {
  return failureOfNetwork(error instanceof Error ? error.message : '');
}

export function unreadFailure(error: unknown): RunFailure {
  return failureOfUnread(error instanceof Error ? error.message : '');
}

import 'server-only';
import type { ApiError } from '../../core/api-error';
import type { EndpointName } from '../../core/models/model';
import { hasEnded, type Run, type RunState } from '../../core/runs/run';
import { log } from '../log';
import { createWaitList } from './change-feed';
import type { Reservation } from './room';
import { noRoom } from './run-errors';
import type { RunFiles, RunRecord } from './run-files';
import type { AnswerHead, RunKey, StoredRun } from './run-store';
import type { AnswerSpool } from './spool';

/** A run with what only its store may do. */
export interface OwnedRun extends StoredRun {
  /** Number of its last change in the change feed. */
  readonly version: number;
  /** Bytes that its answer takes on the disk, or has reserved there. */
  readonly diskBytes: number;
  /** Whether somebody has read its answer to the end. */
  readonly isRead: boolean;
  save(): Promise<void>;
  /** Frees its key, and wakes the requests that wait for it. */
  release(error: Run['error']): void;
  /** Removes it from the disk. Never fails. */
  discard(): Promise<void>;
}

// Counts of bytes change with every chunk; as changes in the feed they are limited to this rate.
const countEveryMs = 1000;

/** Makes a run, new or from its record. */
export function createStoredRun({
  key,
  endpoint,
  record,
  spool,
  reservation,
  files,
  now,
  stamp,
}: {
  key: RunKey;
  endpoint: EndpointName;
  /** Of a run from before a restart. */
  record?: RunRecord;
  spool: AnswerSpool;
  reservation: Reservation;
  files: RunFiles;
  now: () => number;
  /** Counts a change in the change feed. */
  stamp: () => number;
}): OwnedRun {
  let run: Omit<Run, 'bytes'> = record?.run ?? {
    id: key.id,
    endpoint,
    model: null,
    state: 'uploading',
    status: null,
    createdAt: now(),
    firstByteAt: null,
    endedAt: null,
    receivedBytes: 0,
    error: null,
  };
  let head: AnswerHead | undefined =
    record && record.run.status !== null
      ? { status: record.run.status, headers: record.headers }
      : undefined;
  let fingerprint = record?.fingerprint;
  let ending: Promise<void> | undefined = hasEnded(run) ? Promise.resolve() : undefined;
  let released = false;
  let discarding: Promise<void> | undefined;
  let isRead = record?.isRead ?? false;
  let awaited: { since: number; giveUp: () => void } | undefined;
  let saving: Promise<void> = Promise.resolve();
  const cancelling = new AbortController();
  const waitList = createWaitList();

  const view = (): Run => ({ ...run, bytes: spool.bytes });
  let version = stamp();
  let counting: NodeJS.Timeout | undefined;
  let uncounted = false;
  const change = (patch: Partial<Run>) => {
    run = { ...run, ...patch };
    uncounted = false;
    version = stamp();
    waitList.wake();
  };
  const count = () => {
    if (counting) {
      uncounted = true;
      return;
    }
    version = stamp();
    counting = setTimeout(() => {
      counting = undefined;
      if (!uncounted) return;
      uncounted = false;
      count();
    }, countEveryMs).unref();
  };

  // One after another: two at a time would rename the same file away from each other.
  function save(changes: Partial<Run> = {}): Promise<void> {
    const write = async () => {
      if (discarding) return;
      const latest = { ...view(), ...changes };
      // It is saved just before its last byte goes upstream; from then on it may have been charged.
      const state: RunState = latest.state === 'uploading' ? 'waiting' : latest.state;
      const headers = head?.headers ?? {};
      await files.save(key, {
        version: 1,
        run: { ...latest, state },
        headers,
        ...(fingerprint === undefined ? {} : { fingerprint }),
        ...(hasEnded(latest) && spool.checksum !== undefined ? { checksum: spool.checksum } : {}),
        ...(isRead ? { isRead } : {}),
      });
    };
    saving = saving.catch(() => {}).then(write);
    return saving;
  }

  const saveOrLog = (changes?: Partial<Run>) =>
    save(changes).catch((error: unknown) => {
      log().error({ err: error, run: key.id }, 'a run cannot be saved');
    });

  const end: StoredRun['end'] = ({ state, error }) => {
    ending ??= (async () => {
      // Only an answer that a restart would find again is called done.
      const lost = await spool.finish().then(
        () => undefined,
        (failure: ApiError) => failure.toEnvelope().error,
      );
      const ended: Partial<Run> =
        lost && state === 'done' ? { state: 'failed', error: lost } : { state, error };
      ended.endedAt = now();
      await saveOrLog(ended);
      change(ended);
    })();
    return ending;
  };

  return {
    key,
    cancelled: cancelling.signal,
    get fingerprint() {
      return fingerprint;
    },
    get released() {
      return released;
    },
    get head() {
      return head;
    },
    get version() {
      return version;
    },
    get diskBytes() {
      return reservation.bytes;
    },
    get isRead() {
      return isRead;
    },
    view,
    changed: waitList.wait,
    receive(bytes) {
      run = { ...run, receivedBytes: run.receivedBytes + bytes };
      count();
      waitList.wake();
    },
    awaitClient(giveUp) {
      awaited = giveUp && { since: now(), giveUp };
    },
    giveUpSilent(milliseconds) {
      if (awaited && now() - awaited.since >= milliseconds) awaited.giveUp();
    },
    async describe(facts) {
      fingerprint = facts.fingerprint;
      change({ model: facts.model });
      if (!(await reservation.reserve(facts.answerBytes))) throw noRoom();
    },
    async commit() {
      try {
        await save();
      } catch (error) {
        log().error({ err: error, run: key.id }, 'a run cannot be saved');
        throw noRoom();
      }
    },
    passOn() {
      if (run.state === 'uploading') change({ state: 'waiting' });
    },
    begin(answer) {
      if (ending) return;
      head = answer;
      change({ state: 'answering', status: answer.status, firstByteAt: now() });
      void saveOrLog();
    },
    async append(chunk) {
      if (ending) return;
      const roomAgain = spool.append(chunk);
      count();
      waitList.wake();
      await roomAgain;
    },
    end,
    async cancel() {
      cancelling.abort();
      await end({ state: 'cancelled', error: null });
    },
    async openAnswer() {
      try {
        return await spool.open();
      } catch (error) {
        log().error({ run: key.id }, 'an answer on disk is missing or damaged');
        throw error;
      }
    },
    noteRead() {
      if (isRead) return;
      isRead = true;
      void saveOrLog();
    },
    save,
    release(error) {
      released = true;
      ending ??= Promise.resolve();
      change({ state: 'interrupted', endedAt: now(), error });
    },
    discard() {
      discarding ??= (async () => {
        await saving.catch(() => {});
        await spool.discard();
        await files.remove(key).catch((error: unknown) => {
          log().error({ err: error, run: key.id }, 'a run cannot be removed from disk');
        });
      })();
      return discarding;
    },
  };
}

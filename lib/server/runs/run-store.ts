import 'server-only';
import type { EndpointName } from '../../core/models/model';
import type { Run } from '../../core/runs/run';
import type { Work } from '../in-flight';
import type { BookedStart } from '../sharing/admission';
import type { StartAsk } from '../sharing/lines';

/** The name of a run. */
export interface RunKey {
  /** A hash of the visitor's cookie, since it becomes a part of a path. */
  visitor: string;
  /** A UUID in lower case. */
  id: string;
}

/** Status and named headers of a run's answer. */
export interface AnswerHead {
  status: number;
  headers: Record<string, string>;
}

/** How a run ends. */
export interface RunEnd {
  state: 'done' | 'failed' | 'cancelled' | 'interrupted';
  error: Run['error'];
}

/** Reads a run's answer; each follower has its own. */
export interface AnswerReader {
  /**
   * The next bytes from an offset, at most `maxBytes`; empty where there is nothing (yet).
   * @throws ApiError `run_gone` if they are lost
   */
  read(offset: number, maxBytes: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** One run, as everybody sees it who may: its record, its answer, and the requests that wait for a change of either. */
export interface StoredRun {
  readonly key: RunKey;
  /** What tells its request from another; undefined until the whole body has arrived. */
  readonly fingerprint: string | undefined;
  /** Nothing of it was carried out: its key is free again. */
  readonly released: boolean;
  readonly head: AnswerHead | undefined;
  /** The run as the wire has it, at this moment. */
  view(): Run;
  /** Resolves at the next change, or when the signal aborts. */
  changed(signal?: AbortSignal): Promise<void>;
  /** Ends its upload if nothing of it has arrived for so long. */
  giveUpSilent(milliseconds: number): void;
  /** Ends the upstream call and the run; what has arrived stays readable. */
  cancel(): Promise<void>;
  /** @throws ApiError `run_gone` if the answer's file is missing or damaged */
  openAnswer(): Promise<AnswerReader>;
  /** Somebody has read the answer of the ended run to its end: it may be removed to make room. */
  noteRead(): void;
}

/** A run in the hands of the one who carries it out. */
export interface OwnedRun extends StoredRun {
  /** Aborts when somebody cancels the run. To be asked for while it is under way. */
  readonly cancelled: AbortSignal;
  /** More of the request has arrived. */
  receive(bytes: number): void;
  /** It waits for more of its upload, and `giveUp` ends that; undefined: it waits no longer. */
  awaitClient(giveUp: (() => void) | undefined): void;
  /**
   * The request has passed its checks: reserves room for its answer.
   * @param answerBytes an estimate
   * @throws ApiError `spool_full` if there is none
   */
  describe(facts: { model: string; fingerprint: string; answerBytes: number }): Promise<void>;
  /**
   * Saves the run before the last byte goes upstream, so that its key is not sent a second time after a
   * restart; then, in one step, asks whether it still may be sent, fits the budgets and has its turn, and
   * books it. @throws ApiError `spool_full`, `store_unavailable`, `budget_exceeded`, `queue_wait`
   */
  commit(ask: StartAsk, work: Pick<Work, 'book' | 'onLeave'>): Promise<BookedStart>;
  /** The whole request has gone upstream. */
  passOn(): void;
  /** The answer begins. */
  begin(head: AnswerHead): void;
  /** Adds to the answer; resolves when more may come. @throws ApiError `spool_full` */
  append(chunk: Uint8Array): Promise<void>;
  /**
   * Ends the run; the first end counts. One that is done, but not whole in the store, fails with
   * `spool_full`. Never throws.
   */
  end(end: RunEnd): Promise<void>;
}

/** A visitor's runs at one moment. */
export interface RunListing {
  /** Newest first; those of the same millisecond by descending id. */
  runs: StoredRun[];
  /** Whether all of them were looked at, and not only those that changed. */
  isWhole: boolean;
  /** To ask with for what changes after this moment. */
  cursor: string;
}

/** Whether a store can take a new run. */
export interface StoreState {
  isWritable: boolean;
  /** For at least the smallest answer. */
  hasRoom: boolean;
  /** Of all answers, as far as they are written. */
  bytes: number;
  /** The same with what is kept free for those under way. */
  reservedBytes: number;
}

/**
 * Where runs are kept. Everything that the requests of a process share, and everything that outlives
 * the process, is behind this interface.
 */
export interface RunStore {
  /**
   * Finds the run of a key, or makes it. Of concurrent callers exactly one gets `isNew` and has to
   * carry it out.
   * @param owner the person to whom its room on the disk is counted (`personOf`)
   * @throws ApiError `run_gone` for a key used up; `spool_full` if there is no room for even the
   * smallest answer
   */
  claim(
    key: RunKey,
    start: { endpoint: EndpointName; owner: string },
  ): Promise<{ run: OwnedRun; isNew: true } | { run: StoredRun; isNew: false }>;
  /** @throws ApiError `run_not_found`, `run_gone` */
  find(key: RunKey): Promise<StoredRun>;
  /**
   * A visitor's runs.
   * @param since a cursor of an earlier list: gives only what changed after it, or everything if it
   * is of another process or a run was removed since
   * @param until waits for the first change after `since` until this aborts
   * @param after gives only those behind this run in the list
   * @param endedAfter gives only those that are under way or ended since, in ms since 1970
   * @param limit how many at most
   */
  list(
    visitor: string,
    options?: {
      since?: string;
      until?: AbortSignal;
      after?: { createdAt: number; id: string };
      endedAfter?: number;
      limit?: number;
    },
  ): Promise<RunListing>;
  /**
   * Frees the key of a run of which nothing was carried out.
   * @param error why; the run stays in the list with it. null: the run is removed
   */
  release(run: OwnedRun, error: Run['error']): Promise<void>;
  /** Removes an ended run and its answer; its key stays used up for a week. */
  forget(key: RunKey): Promise<void>;
  /** Removes what is too old. */
  sweep(): Promise<void>;
  /** Whether a new run could be written down, and has room. Looked at once a second at most. */
  state(): Promise<StoreState>;
}

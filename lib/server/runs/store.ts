import 'server-only';
import type { EndpointName } from '../../core/models/model';
import type { Run } from '../../core/runs/run';

/** Names a run. The visitor stands there as a hash, since the name becomes a path. */
export interface RunKey {
  visitor: string;
  /** A UUID in lower case. */
  id: string;
}

/** Status and named headers of a run's answer. */
export interface AnswerHead {
  status: number;
  headers: Record<string, string>;
}

/** Reads a run's answer; followers have one each. */
export interface AnswerReader {
  /**
   * The next bytes from an offset, at most `maxBytes`; empty where there is nothing (yet).
   * @throws ApiError `run_gone` if they are lost
   */
  read(offset: number, maxBytes: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** One run: its record, its answer, and whoever waits for either. */
export interface StoredRun {
  readonly key: RunKey;
  /** Of the whole body, once it has come. */
  readonly fingerprint: string | undefined;
  /** Nothing of it was carried out, so that its key is free again. */
  readonly released: boolean;
  /** Aborts when somebody cancels the run. */
  readonly cancelled: AbortSignal;
  readonly head: AnswerHead | undefined;
  /** The run as the wire has it, at this moment. */
  view(): Run;
  /** Resolves at the next change, or when the signal aborts. */
  changed(signal?: AbortSignal): Promise<void>;

  /** More of the request has arrived. */
  receive(bytes: number): void;
  /** Its client has to send more before it can go on; `giveUp` waits no longer. Undefined: it has. */
  awaitClient(giveUp: (() => void) | undefined): void;
  /** Gives its upload up if nothing has come of it for so long. */
  giveUpSilent(milliseconds: number): void;
  /** The request passed its checks. */
  describe(facts: { model: string; fingerprint: string }): void;
  /**
   * Makes sure, before the last byte goes upstream, that the run outlives this process: its key
   * must never be used a second time. @throws ApiError `spool_full`
   */
  commit(): Promise<void>;
  /** The whole request has been passed on. */
  passOn(): void;
  /** The answer begins. */
  begin(head: AnswerHead): void;
  /** Adds to the answer; resolves when more may come. @throws ApiError `spool_full` */
  append(chunk: Uint8Array): Promise<void>;
  /** Ends the run; the first end counts. Never fails. */
  end(
    end: Pick<Run, 'error'> & { state: 'done' | 'failed' | 'cancelled' | 'interrupted' },
  ): Promise<void>;
  /** Ends upstream and the run; what arrived stays readable. */
  cancel(): Promise<void>;

  /** @throws ApiError `run_gone` if the answer's file is missing or damaged */
  openAnswer(): Promise<AnswerReader>;
}

/** A visitor's runs at one moment. */
export interface RunListing {
  /** Newest first; those of the same millisecond by descending id. */
  runs: StoredRun[];
  /** Whether these are all of them, and not only those that changed. */
  isWhole: boolean;
  /** To ask with for what changes after this moment. */
  cursor: string;
}

/**
 * Where runs are kept. One process has one; everything that is shared between its requests, and
 * everything that outlives it, is behind this interface.
 */
export interface RunStore {
  /**
   * Finds the run of a key, or makes it. Of any number of callers at the same time one is told that
   * it is new, and carries it out.
   * @throws ApiError `run_gone` for a key used up, `spool_full` if there is no room for a new one
   */
  claim(key: RunKey, endpoint: EndpointName): Promise<{ run: StoredRun; isNew: boolean }>;
  /** @throws ApiError `run_not_found`, `run_gone` */
  find(key: RunKey): Promise<StoredRun>;
  /**
   * A visitor's runs.
   * @param since a cursor of an earlier list: gives only what changed after it, or everything if it
   * is not of this process
   * @param until waits for the first change after `since` until this aborts
   */
  list(visitor: string, options?: { since?: string; until?: AbortSignal }): Promise<RunListing>;
  /**
   * Frees the key of a run of which nothing was carried out.
   * @param error why; it stays in the list with it. null: as if it had never been
   */
  release(run: StoredRun, error: Run['error']): Promise<void>;
  /** Forgets an ended run and its answer; its key stays used up for a week. */
  forget(key: RunKey): Promise<void>;
  /** Forgets what is too old or too much. */
  sweep(): Promise<void>;
  /** Tries once more to put on disk what could not be put there. Never fails. */
  writeOut(): Promise<void>;
}

import type { RunFailure } from '../../core/runs/run-failure';
import type { LocalRun } from '../../core/runs/run-state';
import type { AttemptKind, EngineEvent } from './run-attempt';

/** What the engine has to know of one kind of run. */
export interface RunKind<R extends LocalRun, Event extends { type: string }>
  extends AttemptKind<R, Event> {
  /** The run as it is in this tab. */
  find(id: string): R | undefined;
  put(run: R): void;
  change(id: string, change: (run: R) => R): void;
  reduce(run: R, event: EngineEvent | Event): R;
  /** The run as it was before its start. */
  reopened(run: R): R;
  /** The run as it was saved last, perhaps by another tab. */
  load(id: string): Promise<R | undefined>;
  /** Saves a run and tells the other tabs. */
  save(run: R): Promise<void>;
  /** Names the runs that take about as long as this one. */
  durationKind(run: R): string;
  /**
   * For runs that wait for their lane: whether one that has paused may be sent again. With it a 429
   * is never the last try. @returns 0, or in how many ms it is to be asked again
   */
  admitAgain?(run: R): Promise<number>;
  /** Whether a run that waits for its turn is not to be sent for now. */
  isHeldBack?(id: string): boolean;
  /** Whether a run for which a day's budget has no room stays unsent, and is no failure. */
  keepUnsent?(run: R, failure: RunFailure): Promise<boolean>;
}

import { createCell, holdsPlace, type PlannedCell } from '../../core/experiments/cell';
import type { LaneLimits } from '../../core/experiments/lane';
import type { Cell } from '../../core/runs/run-entry';
import type { Claim } from '../storage/cells';
import { cellId } from './cell-id';

/** A cell that is to be started, as which attempt at its place. */
export type WantedCell = PlannedCell & { attempt: number };

/** So long at most until a lane without room is asked again, in ms: another tab may not have told. */
const askAgainMs = 5000;

/** Starts the cells of experiments, as fast as the lanes of their models let it. */
export function createPump({
  claim,
  begin,
  limitsOf,
  onTaken,
  wait,
  now = Date.now,
}: {
  /** `unwanted`: it is not to be sent any more. */
  claim(cell: Cell, limits: LaneLimits, now: number): Promise<Claim | { kind: 'unwanted' }>;
  /** Takes over a cell that was claimed here: it is stored already. */
  begin(cell: Cell): void;
  limitsOf(cell: Cell): LaneLimits;
  /** Is told of a cell that another tab has claimed, or that was there before. */
  onTaken(cell: Cell): void;
  /** Waits for so long, or until a cell of a model has changed. */
  wait(milliseconds: number, until: { model: string; signal: AbortSignal }): Promise<void>;
  now?: () => number;
}) {
  const pumping = new Map<string, AbortController>();

  /** Starts cells of one model, one after the other. @returns whether all that are still wanted were started */
  async function pumpLane(
    experiment: string,
    wanted: readonly WantedCell[],
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const { key, attempt, sends } of wanted) {
      const place = { experiment, key, attempt };
      for (let isDecided = false; !isDecided; ) {
        if (signal.aborted) return false;
        const cell = createCell({ id: cellId(place), cell: place, sends, now: now() });
        const answer = await claim(cell, limitsOf(cell), now());
        if (answer.kind === 'stopped') return false;
        if (answer.kind === 'busy') {
          const waitMs = answer.at === null ? askAgainMs : answer.at - now();
          const { model } = sends.request;
          await wait(Math.min(askAgainMs, Math.max(0, waitMs)), { model, signal });
          continue;
        }
        if (answer.kind === 'claimed') begin(cell);
        else if (answer.kind === 'taken') onTaken(cell);
        isDecided = true;
      }
    }
    return true;
  }

  return {
    /**
     * Starts the cells of an experiment in their order, each model by itself: none holds up another.
     * @param find finds the cells
     * @returns whether all were started, here or in another tab; false if it was stopped, or is started
     * here already
     */
    async start(experiment: string, find: () => Promise<readonly WantedCell[]>): Promise<boolean> {
      if (pumping.has(experiment)) return false;
      const aborter = new AbortController();
      pumping.set(experiment, aborter);
      try {
        const byModel = new Map<string, WantedCell[]>();
        for (const cell of await find()) {
          const { model } = cell.sends.request;
          const its = byModel.get(model);
          if (its) its.push(cell);
          else byModel.set(model, [cell]);
        }
        const lanes = [...byModel.values()];
        const ends = await Promise.all(
          lanes.map((lane) => pumpLane(experiment, lane, aborter.signal)),
        );
        return ends.every(Boolean);
      } finally {
        if (pumping.get(experiment) === aborter) pumping.delete(experiment);
      }
    },
    /** Whether cells of an experiment are still to be started here. */
    isStarting: (experiment: string): boolean => pumping.has(experiment),
    /** Starts no further cells of an experiment. */
    stop(experiment: string): void {
      pumping.get(experiment)?.abort();
      pumping.delete(experiment);
    },
  };
}

/**
 * The cells of a plan that are to be started: those that were never tried, and those of which nothing came and
 * that are wanted again.
 * @param lastAttempt the last attempt at a place
 */
export function wantedCells(
  planned: readonly PlannedCell[],
  lastAttempt: (key: string) => Cell | undefined,
): WantedCell[] {
  return planned.flatMap((cell): WantedCell[] => {
    const last = lastAttempt(cell.key);
    if (!last) return [{ ...cell, attempt: 1 }];
    return !holdsPlace(last) && last.cell.isWantedAgain
      ? [{ ...cell, attempt: last.cell.attempt + 1 }]
      : [];
  });
}

import { holdsPlace, isInLane } from '../../core/experiments/cell';
import { admit, type Lane, type LaneLimits, newLane, started } from '../../core/experiments/lane';
import type { Cell } from '../../core/runs/run-entry';
import { type Claim, cellHistory } from '../storage/cells';
import { storageProblem } from '../storage/database';
import { reportStorageProblem } from '../storage/storage-status';
import { cellsStore, lastAttempt } from './cells-store';
import { findExperiment, isHeldBack } from './experiments-store';

const lanes = new Map<string, Lane>();

/**
 * Claims a cell for this tab. Where nothing can be stored there is no other tab to share cells with, and
 * the same is decided in memory.
 * @param onFull is called where a cell has no room in the storage: nothing more is to be started
 */
export async function claimCell(
  cell: Cell,
  limits: LaneLimits,
  { now, onFull }: { now: number; onFull: () => void },
): Promise<Claim> {
  try {
    return await cellHistory.claim(cell, limits, now);
  } catch (error) {
    const problem = storageProblem(error);
    reportStorageProblem(problem);
    if (problem !== 'full') return claimInMemory(cell, limits, now);
    onFull();
    return { kind: 'stopped' };
  }
}

function claimInMemory(cell: Cell, limits: LaneLimits, now: number): Claim {
  const { experiment, key } = cell.cell;
  if (findExperiment(experiment)?.state !== 'running') return { kind: 'stopped' };
  const state = cellsStore.getState();
  const last = lastAttempt(state, experiment, key);
  if (last && (last.id === cell.id || holdsPlace(last))) {
    return { kind: 'taken' };
  }
  const lane = lanes.get(limits.id) ?? newLane(limits.id);
  const running = [...state.cells.values()].filter(
    (one) => isInLane(one, limits.id) && !isHeldBack(one),
  );
  const answer = admit(lane, limits, { running: running.length, now });
  if (!answer.isFree) return { kind: 'busy', at: answer.at };
  lanes.set(limits.id, started(lane, now));
  return { kind: 'claimed' };
}

import type { Cell } from '../../core/runs/run-entry';
import { isInFlight } from '../../core/runs/run-state';
import { isTabVisible } from '../browser/tabs';
import { cellHistory } from '../storage/cells';
import { cellRuns } from './cell-runs';
import { cellsStore, findCell, putCells } from './cells-store';

/** The cells that were under way when they were looked at last, and that this tab does not carry on. */
let seen = new Map<string, Cell>();

/**
 * Takes up the cells that stand still: a tab that is closed between a claim and its request tells nobody. The tab may
 * as well be about to send it, so that a cell is taken up only where it stands as it did a look ago. And what has
 * ended untold is shown as it ended. A hidden tab leaves all that to others, until it is shown.
 */
export async function takeUpLeftBehind(): Promise<void> {
  if (!isTabVisible()) return;
  const kept = (await cellHistory.inFlight()).filter(({ id }) => !cellRuns.isCarried(id));
  const still = kept.filter((cell) => {
    const before = seen.get(cell.id);
    return before?.state === cell.state && before.key === cell.key;
  });
  seen = new Map(kept.map((cell) => [cell.id, cell]));
  cellRuns.takeUp(still);
  for (const here of [...cellsStore.getState().cells.values()]) {
    if (!isInFlight(here) || cellRuns.isCarried(here.id) || seen.has(here.id)) continue;
    const ended = await cellHistory.load(here.id);
    if (ended && findCell(here.id) === here) putCells([ended]);
  }
}

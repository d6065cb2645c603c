import { expectedDuration, kindOfRun } from '../../core/runs/run-estimate';
import { history } from '../storage/history';

/** How long such a request took before, in ms; undefined where nothing is known. */
export async function loadExpectedDuration(
  run: Parameters<typeof kindOfRun>[0],
): Promise<number | undefined> {
  return expectedDuration(await history.durations(kindOfRun(run)).catch(() => []));
}

import { benchExperimentGrid } from './experiment-grid.mjs';
import { benchExperimentRun } from './experiment-run.mjs';
import { benchJudging } from './judging.mjs';
import { benchPlan } from './plan.mjs';

/** What an experiment costs. */
export async function benchExperiments() {
  return [
    ...(await benchPlan()),
    ...(await benchJudging()),
    ...(await benchExperimentGrid()),
    ...(await benchExperimentRun()),
  ];
}

import { benchJudging } from './judging.mjs';
import { benchPlan } from './plan.mjs';

/** What an experiment costs. */
export async function benchExperiments() {
  return [...(await benchPlan()), ...(await benchJudging())];
}

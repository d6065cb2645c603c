import { benchJudging } from './judging.mjs';

/** What an experiment costs. */
export async function benchExperiments() {
  return [...(await benchJudging())];
}

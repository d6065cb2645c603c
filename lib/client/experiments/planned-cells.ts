import type { PlannedCell } from '../../core/experiments/cell';
import type { Definition, Experiment } from '../../core/experiments/experiment';
import { type Plan, type PlanRequest, planExperiment } from '../../core/experiments/plan';
import type { Model } from '../../core/models/model';
import { textHash } from './cell-id';
import { cellsOf, cellsStore, lastAttempt } from './cells-store';

const hashes = new Map<string, string>();
// Ten thousand texts of a few hundred characters.
const mostHashes = 20_000;

/** The key of a request: the SHA-256 of its text. Worked out once, as plans are made at each keystroke. */
export function keyOf({ text }: Pick<PlanRequest, 'text'>): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  if (hashes.size > mostHashes) hashes.clear();
  const key = textHash(text);
  hashes.set(text, key);
  return key;
}

let last: { definition: Definition; models: readonly Model[]; plan: Plan } | undefined;

/**
 * The plan of an experiment. What was sent already keeps its number of pictures. A plan that what was sent since then
 * has not changed is the same object.
 */
export function planOf(
  { id, definition }: Pick<Experiment, 'id' | 'definition'>,
  models: readonly Model[],
): Plan {
  const state = cellsStore.getState();
  const sent = cellsOf(state, id);
  const plan = planExperiment(definition, models, {
    asked(text) {
      if (sent.length === 0) return undefined;
      const before = lastAttempt(state, id, keyOf({ text }));
      return before && (before.request.n ?? 1);
    },
    requests: sent.map(({ edit, ...cell }) => ({ ...cell, ...(edit && { edit }) })),
  });
  if (last?.definition === definition && last.models === models && asksTheSame(last.plan, plan)) {
    return last.plan;
  }
  last = { definition, models, plan };
  return plan;
}

/** Whether two plans of one definition send the same: they differ by what was sent before alone. */
function asksTheSame(one: Plan, other: Plan): boolean {
  return one.cells.every(({ requests }, index) => {
    const others = other.cells[index]?.requests ?? [];
    return (
      requests.length === others.length &&
      requests.every(({ text, sends }, place) => {
        const its = others[place];
        return text === its?.text && sends.request.n === its.sends.request.n;
      })
    );
  });
}

/** The cells that are to be started, in their order; none while something is wrong with the plan. */
export function plannedCells(experiment: Experiment, models: readonly Model[]): PlannedCell[] {
  const plan = planOf(experiment, models);
  if (plan.problems.length > 0 || plan.template.problems.length > 0) return [];
  const cells = plan.requests.map((request) => ({ key: keyOf(request), sends: request.sends }));
  if (experiment.only === null) return cells;
  const wanted = new Set(experiment.only);
  return cells.filter(({ key }) => wanted.has(key));
}

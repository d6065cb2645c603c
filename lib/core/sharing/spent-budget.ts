import type { ExceededBudget } from './budgets';
import type { BudgetsView } from './sharing';

/** A budget of the person that a request did not fit into, as its error tells. */
export interface SpentBudget {
  name: ExceededBudget['budget'];
  limit: number;
  used: number;
  /** When the request fits, on this browser's clock; null: never, or that is not known. */
  fitsAt: number | null;
}

/** What the body of a `budget_exceeded` says beside its error; undefined: nothing. */
export function readSpentBudget(
  body: unknown,
  { now, retryAfterSeconds }: { now: number; retryAfterSeconds: number | null },
): SpentBudget | undefined {
  const told = body as { exceeded?: Partial<ExceededBudget>; budgets?: BudgetsView };
  const { budget: name, limit, at = null } = told.exceeded ?? {};
  if (name === undefined || limit === undefined) return undefined;
  // By how long it is to wait, since this browser's clock may be wrong.
  const isKnown = at !== null && retryAfterSeconds !== null;
  const fitsAt = isKnown ? now + retryAfterSeconds * 1000 : null;
  return { name, limit, used: told.budgets?.[name]?.used ?? limit, fitsAt };
}

/** Whether a budget has room again within a minute or so, or when something ends: a day is too long to wait for. */
export function isSoonFree(budget: SpentBudget | undefined): boolean {
  return budget !== undefined && budget.name !== 'picturesPerDay';
}

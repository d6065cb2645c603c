import type { BudgetsView, BudgetView } from './sharing';

/** What the operator allows each person; undefined: no limit. */
export interface BudgetLimits {
  requestsPerMinute?: number | undefined;
  picturesPerDay?: number | undefined;
  runsAtOnce?: number | undefined;
}

/** One request that counts, at a moment in ms since 1970. */
export interface Spending {
  at: number;
  pictures: number;
}

const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/**
 * The budgets of one person. Minute and day are rolling: something spent counts until it is so old.
 * @param spent by the person, the oldest first
 * @param underWay how many requests of the person are under way
 */
export function budgetsOf({
  limits,
  spent,
  underWay,
  now,
}: {
  limits: BudgetLimits;
  spent: readonly Spending[];
  underWay: number;
  now: number;
}): BudgetsView {
  const { requestsPerMinute, picturesPerDay, runsAtOnce } = limits;
  const rolling = (limit: number, ms: number, weight: (one: Spending) => number): BudgetView => {
    const used = spent.reduce((sum, one) => sum + (one.at + ms > now ? weight(one) : 0), 0);
    const free = fitsAt({ limit, wanted: 1, ms, weight, spent, now });
    return { limit, used, freeAt: used < limit ? null : free };
  };
  return {
    ...(requestsPerMinute && { requestsPerMinute: rolling(requestsPerMinute, minuteMs, () => 1) }),
    ...(picturesPerDay && {
      picturesPerDay: rolling(picturesPerDay, dayMs, ({ pictures }) => pictures),
    }),
    ...(runsAtOnce && { runsAtOnce: { limit: runsAtOnce, used: underWay, freeAt: null } }),
  };
}

/**
 * Which budget a request does not fit into, and when it will, in ms since 1970; `at: null`: it is not known, or, of
 * the pictures, never.
 */
export interface ExceededBudget {
  budget: keyof BudgetsView;
  limit: number;
  at: number | null;
}

/** The first budget that one more request does not fit into; undefined: it fits. */
export function exceededBudget({
  limits: { requestsPerMinute, picturesPerDay, runsAtOnce },
  spent,
  underWay,
  pictures,
  now,
}: {
  limits: BudgetLimits;
  spent: readonly Spending[];
  underWay: number;
  pictures: number;
  now: number;
}): ExceededBudget | undefined {
  if (picturesPerDay) {
    const weight = (one: Spending) => one.pictures;
    const limit = picturesPerDay;
    const at = fitsAt({ limit, wanted: pictures, ms: dayMs, weight, spent, now });
    if (at !== now) return { budget: 'picturesPerDay', limit, at };
  }
  if (requestsPerMinute) {
    const limit = requestsPerMinute;
    const at = fitsAt({ limit, wanted: 1, ms: minuteMs, weight: () => 1, spent, now });
    if (at !== now) return { budget: 'requestsPerMinute', limit, at };
  }
  if (runsAtOnce && underWay >= runsAtOnce) {
    return { budget: 'runsAtOnce', limit: runsAtOnce, at: null };
  }
  return undefined;
}

/** The first moment from now on at which so much fits into a rolling limit; null: it never does. */
function fitsAt({
  limit,
  wanted,
  ms,
  weight,
  spent,
  now,
}: {
  limit: number;
  wanted: number;
  ms: number;
  weight: (one: Spending) => number;
  spent: readonly Spending[];
  now: number;
}): number | null {
  if (wanted > limit) return null;
  const counted = spent.filter(({ at }) => at + ms > now);
  let left = limit - counted.reduce((sum, one) => sum + weight(one), 0);
  if (left >= wanted) return now;
  for (const one of counted) {
    left += weight(one);
    if (left >= wanted) return one.at + ms;
  }
  return null;
}

import type { Model } from '../models/model';

/**
 * The lane of a model: how many requests to it may be under way, and when the next may start. All tabs of
 * a browser share it. Plain data; times are in ms since 1970.
 */
export interface Lane {
  model: string;
  /** How many cells may be under way at once at the moment; null: as many as the model's entry says. */
  parallel: number | null;
  /** How many have succeeded since that was changed last. */
  successes: number;
  /** When the last requests to the model were started, the oldest first. */
  starts: readonly number[];
  /** Nothing is started until then, because the gateway has said 429. */
  blockedUntil: number;
  /** When it said so last. */
  blockedAt: number;
  /** How long nothing was started after the last 429 that did not say how long, in ms. */
  pauseMs: number;
}

/** What the catalogue says of how often a model may be asked. */
export type LaneLimits = Pick<Model, 'id' | 'parallel' | 'rate'>;

/** How many requests to a model are under way at once, where its entry says nothing. */
export const usualParallel = 3;

// Experiments leave a tenth of what the gateway allows to whoever makes single pictures meanwhile.
const shareOfRate = 0.9;
const successesForOneMore = 5;
const keptStarts = 2000;
const firstPauseMs = 30_000;
const longestPauseMs = 10 * 60_000;

/** The lane of a model that was not asked yet. */
export function newLane(model: string): Lane {
  return {
    model,
    parallel: null,
    successes: 0,
    starts: [],
    blockedUntil: 0,
    blockedAt: 0,
    pauseMs: 0,
  };
}

/**
 * Whether a cell may start.
 * @param running how many cells of the model are under way
 * @returns `isFree`, or when to ask again; `at: null`: when one of them has ended
 */
export function admit(
  lane: Lane,
  limits: LaneLimits,
  { running, now }: { running: number; now: number },
): { isFree: true } | { isFree: false; at: number | null } {
  const opens = Math.max(unblockedAt(lane, now), windowOpensAt(lane, limits, now));
  if (opens > now) return { isFree: false, at: opens };
  const most = limits.parallel ?? usualParallel;
  const isFull = running >= Math.min(lane.parallel ?? most, most);
  return isFull ? { isFree: false, at: null } : { isFree: true };
}

/** The lane after a request to the model has started, whoever's it is. */
export function started(lane: Lane, now: number): Lane {
  return { ...lane, starts: [...lane.starts, now].slice(-keptStarts) };
}

/** The lane after a 429, whoever's. Those that were under way meanwhile are refused too, and count once. */
export function refused(
  lane: Lane,
  {
    now,
    retryAfterSeconds,
    parallel = usualParallel,
  }: {
    now: number;
    retryAfterSeconds: number | null;
    /** What the model's entry allows, where it is known. */
    parallel?: number;
  },
): Lane {
  const isKnown = unblockedAt(lane, now) > now;
  const doubled = Math.min(longestPauseMs, Math.max(firstPauseMs, lane.pauseMs * 2));
  const pauseMs = retryAfterSeconds !== null || isKnown ? lane.pauseMs : doubled;
  const waitMs =
    retryAfterSeconds === null ? Math.max(firstPauseMs, pauseMs) : retryAfterSeconds * 1000;
  const until = now + waitMs;
  if (isKnown) {
    return retryAfterSeconds === null
      ? lane
      : { ...lane, blockedUntil: Math.max(lane.blockedUntil, until) };
  }
  return {
    ...lane,
    parallel: Math.max(1, Math.floor((lane.parallel ?? parallel) / 2)),
    successes: 0,
    blockedUntil: until,
    blockedAt: now,
    pauseMs,
  };
}

/** The lane after a request to the model has succeeded: five of them allow one more at once. */
export function succeeded(lane: Lane, { parallel = usualParallel }: LaneLimits): Lane {
  if (lane.parallel === null) return { ...lane, pauseMs: 0 };
  const successes = lane.successes + 1;
  if (successes < successesForOneMore) return { ...lane, successes, pauseMs: 0 };
  const more = lane.parallel + 1;
  return { ...lane, parallel: more >= parallel ? null : more, successes: 0, pauseMs: 0 };
}

/** When the lane is open after a 429. A clock that was put back since does not make that later. */
function unblockedAt({ blockedUntil, blockedAt }: Lane, now: number): number {
  return now < blockedAt ? 0 : blockedUntil;
}

/** When the sliding window of the model's rate has room for one more. */
function windowOpensAt(lane: Lane, limits: LaneLimits, now: number): number {
  if (!limits.rate) return now;
  const { requests, seconds } = limits.rate;
  const allowed = Math.max(1, Math.floor(requests * shareOfRate));
  const starts = startsWithin(lane, limits, now);
  const last = starts[starts.length - allowed];
  return last === undefined ? now : last + seconds * 1000;
}

// A start that is later than now was noted before the clock was put back, and says nothing any more.
function startsWithin({ starts }: Lane, { rate }: LaneLimits, now: number): number[] {
  if (!rate) return [];
  return starts.filter((at) => at <= now && at > now - rate.seconds * 1000);
}

import type { ModelQueueView } from '../sharing/sharing';
import { admit, type Lane, type LaneLimits, newLane, started, succeeded } from './lane';

/** Requests that are still to be sent to one model. */
export interface ForecastLane {
  limits: LaneLimits;
  /** As the lane stands now, if the model was asked before. */
  lane?: Lane | undefined;
  /** How long each is likely to take, in ms, in the order in which they are sent. */
  durations: readonly number[];
  /** Where the server has a line for the model; its times are on the same clock as `now`. */
  line?: ModelQueueView | undefined;
  /** How much longer those take that are under way, in ms. */
  underWay?: readonly number[];
}

/** Times are in ms since 1970. */
export interface LaneForecast {
  /** When each request will be sent, in their order. */
  starts: readonly number[];
  /** When the last will have ended. */
  end: number;
}

/**
 * When the requests to a model will be sent, and the last will have ended, if none is refused: the lane runs
 * in virtual time.
 * @param now in ms since 1970
 */
export function forecastLane(
  { limits, lane = newLane(limits.id), durations, line, underWay = [] }: ForecastLane,
  now: number,
): LaneForecast {
  const starts: number[] = [];
  let time = now;
  let state = lane;
  let ends = underWay.map((rest) => now + Math.max(0, rest));
  let last = Math.max(now, ...ends);
  const end = (until: number) => {
    const left = ends.filter((one) => one > until);
    for (let count = ends.length - left.length; count > 0; count--)
      state = succeeded(state, limits);
    ends = left;
  };
  for (const duration of durations) {
    if (line) {
      time = Math.max(time, turnAt(line, starts, now));
      end(time);
    }
    for (;;) {
      const answer = admit(state, limits, { running: ends.length, now: time });
      if (answer.isFree) break;
      time = Math.max(time, answer.at ?? Math.min(...ends));
      end(time);
    }
    state = started(state, time);
    starts.push(time);
    const endsAt = time + Math.max(1, duration);
    ends.push(endsAt);
    last = Math.max(last, endsAt);
  }
  return { starts, end: last };
}

/**
 * When the next start has its turn: the first when the line says, as many as the window has room for at once, and each
 * other once a start leaves the window. When others started is not known: as evenly as the rate allows. Whoever comes
 * meanwhile makes that later.
 * @param starts those before it
 */
function turnAt(
  { rate, used, waiting, nextAt }: ModelQueueView,
  starts: readonly number[],
  now: number,
): number {
  const everyMs = (rate.seconds * 1000) / rate.requests;
  const free = nextAt > now ? 1 : Math.max(1, rate.requests - used - waiting);
  const even = Math.max(now, nextAt) + Math.max(0, starts.length - free + 1) * everyMs;
  const leaving = starts.at(-rate.requests);
  const opens = leaving === undefined ? 0 : leaving + rate.seconds * 1000;
  return Math.max(even, opens);
}

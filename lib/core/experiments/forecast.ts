import { admit, type Lane, type LaneLimits, newLane, started, succeeded } from './lane';

/** Requests that are still to be sent to one model. */
export interface ForecastLane {
  limits: LaneLimits;
  /** As the lane stands now, if the model was asked before. */
  lane?: Lane | undefined;
  /** How long each is likely to take, in ms, in the order in which they are sent. */
  durations: readonly number[];
  /** How much longer those take that are under way, in ms. */
  underWay?: readonly number[];
}

/**
 * When the last request of each model will have ended if none is refused: the lanes run in virtual time.
 * @param now in ms since 1970, as the result is
 */
export function forecastLane(
  { limits, lane = newLane(limits.id), durations, underWay = [] }: ForecastLane,
  now: number,
): number {
  let time = now;
  let state = lane;
  let ends = underWay.map((rest) => now + Math.max(0, rest));
  let last = Math.max(now, ...ends);
  for (const duration of durations) {
    for (;;) {
      const answer = admit(state, limits, { running: ends.length, now: time });
      if (answer.isFree) break;
      time = Math.max(time, answer.at ?? Math.min(...ends));
      const finished = ends.filter((end) => end <= time);
      ends = ends.filter((end) => end > time);
      for (const _ of finished) state = succeeded(state, limits);
    }
    state = started(state, time);
    const end = time + Math.max(1, duration);
    ends.push(end);
    last = Math.max(last, end);
  }
  return last;
}

/** When an experiment will have ended: the models work side by side. */
export function forecast(lanes: readonly ForecastLane[], now: number): number {
  return Math.max(now, ...lanes.map((lane) => forecastLane(lane, now)));
}

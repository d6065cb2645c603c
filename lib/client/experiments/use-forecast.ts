import { useEffect, useState } from 'react';
import { durationKindOf } from '../../core/experiments/cell';
import { type ForecastLane, forecast } from '../../core/experiments/forecast';
import type { PlanRequest } from '../../core/experiments/plan';
import type { Model } from '../../core/models/model';
import { loadExpectedDuration } from '../runs/expected-duration';
import { cellHistory } from '../storage/cells';

/** How long a request is taken to last of whose kind none was made before. */
const guessedMs = 30_000;

export interface Forecast {
  /** From now until the last request has ended. */
  milliseconds: number;
  /** Whether some of it is guessed, because no such request was made in this browser before. */
  isGuess: boolean;
}

/** How long some requests will take, by what such took before, and the lanes of their models. */
export function useForecast(
  requests: readonly PlanRequest[],
  models: readonly Model[],
): Forecast | undefined {
  const [found, setFound] = useState<Forecast>();
  useEffect(() => {
    let isWanted = true;
    void forecastOf(requests, models).then((next) => isWanted && setFound(next));
    return () => {
      isWanted = false;
    };
  }, [requests, models]);
  return requests.length > 0 ? found : undefined;
}

async function forecastOf(
  requests: readonly PlanRequest[],
  models: readonly Model[],
): Promise<Forecast> {
  const kinds = new Map<string, Promise<number | undefined>>();
  const lanes = new Map<string, { limits: Model; durations: number[] }>();
  let isGuess = false;
  for (const { sends } of requests) {
    const limits = models.find(({ id }) => id === sends.request.model);
    if (!limits) continue;
    const kind = durationKindOf(sends);
    const expected = kinds.get(kind) ?? loadExpectedDuration(kind);
    kinds.set(kind, expected);
    const duration = await expected;
    isGuess ||= duration === undefined;
    const lane = lanes.get(limits.id) ?? { limits, durations: [] };
    lane.durations.push(duration ?? guessedMs);
    lanes.set(limits.id, lane);
  }
  const all = [...lanes.values()].map(async (lane): Promise<ForecastLane> => {
    return { ...lane, lane: await cellHistory.lane(lane.limits.id).catch(() => undefined) };
  });
  const now = Date.now();
  return { milliseconds: forecast(await Promise.all(all), now) - now, isGuess };
}

import { useEffect, useState } from 'react';
import { useStore } from 'zustand/react';
import { durationKindOf } from '../../core/experiments/cell';
import { type ForecastLane, forecast } from '../../core/experiments/forecast';
import type { PlanRequest } from '../../core/experiments/plan';
import type { Model } from '../../core/models/model';
import type { QueueView } from '../../core/sharing/sharing';
import { loadExpectedDuration } from '../runs/expected-duration';
import { sharingStore } from '../runs/sharing-store';
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
  // Each list of the server tells it anew.
  const queue = useStore(sharingStore, (state) => state.queue);
  useEffect(() => {
    let isWanted = true;
    void forecastOf(requests, models, queue).then((next) => isWanted && setFound(next));
    return () => {
      isWanted = false;
    };
  }, [requests, models, queue]);
  return requests.length > 0 ? found : undefined;
}

async function forecastOf(
  requests: readonly PlanRequest[],
  models: readonly Model[],
  queue: QueueView | undefined,
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
    const { limits } = lane;
    const stored = await cellHistory.lane(limits.id).catch(() => undefined);
    const line = queue?.models.find(({ model }) => model === limits.id);
    if (!line) return { ...lane, lane: stored };
    const nextAt = line.nextAt - sharingStore.getState().clockOffset;
    // The line alone keeps to the rate.
    return { ...lane, lane: stored, limits: { ...limits, rate: null }, line: { ...line, nextAt } };
  });
  const now = Date.now();
  return { milliseconds: forecast(await Promise.all(all), now) - now, isGuess };
}

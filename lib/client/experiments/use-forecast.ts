import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand/react';
import { durationKindOf, isInLane } from '../../core/experiments/cell';
import { type ForecastLane, forecastLane } from '../../core/experiments/forecast';
import type { PlanCell, PlanRequest } from '../../core/experiments/plan';
import type { Model } from '../../core/models/model';
import { waitsForTurn } from '../../core/runs/run-state';
import type { QueueView } from '../../core/sharing/sharing';
import { loadExpectedDuration } from '../runs/expected-duration';
import { sharingStore } from '../runs/sharing-store';
import { cellHistory } from '../storage/cells';
import { cellsStore } from './cells-store';
import { isHeldBack } from './experiments-store';

/** How long a request is taken to last of whose kind none was made before. */
const guessedMs = 30_000;
/** So often it is worked out anew, in ms, as time passes: while something is under way, and while nothing is. */
const againMs = 20_000;
const idleAgainMs = 60_000;
/** Not more often than that, in ms: with a dozen cells under way something changes every few milliseconds. */
const atMostEveryMs = 1000;

export interface Forecast {
  /** From now until the last request has ended. */
  milliseconds: number;
  /** Whether some of it is guessed, because no such request was made in this browser before. */
  isGuess: boolean;
  /** When each request will be sent, in ms since 1970. */
  startsAt: ReadonlyMap<PlanRequest, number>;
}

/**
 * How long some requests will take, by what such took before, and the lanes of their models.
 * @param underWay how what is under way stands, as a text: another is a reason to work it out anew. Undefined:
 * nothing is
 */
export function useForecast(
  requests: readonly PlanRequest[],
  models: readonly Model[],
  underWay?: string,
): Forecast | undefined {
  const [found, setFound] = useState<Forecast>();
  // Each list of the server tells it anew.
  const queue = useStore(sharingStore, (state) => state.queue);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    let isWanted = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const find = async () => {
      lastAt.current = performance.now();
      const next = await forecastOf(requests, models, queue);
      if (!isWanted) return;
      setFound(next);
      again = setTimeout(find, underWay === undefined ? idleAgainMs : againMs);
    };
    const wait = lastAt.current + atMostEveryMs - performance.now();
    if (wait > 0) again = setTimeout(find, wait);
    else void find();
    return () => {
      isWanted = false;
      clearTimeout(again);
    };
  }, [requests, models, queue, underWay]);
  return requests.length > 0 ? found : undefined;
}

/** When a combination that waits will be sent, to the minute; undefined: soon, or that can't be told. */
export function startOf(
  forecast: Forecast | undefined,
  cell: Pick<PlanCell, 'requests'> | undefined,
): number | undefined {
  const starts = cell?.requests.flatMap((one) => forecast?.startsAt.get(one) ?? []) ?? [];
  const minute = 60_000;
  const first = Math.min(...starts);
  if (starts.length === 0 || first < Date.now() + minute) return undefined;
  return Math.round(first / minute) * minute;
}

async function forecastOf(
  requests: readonly PlanRequest[],
  models: readonly Model[],
  queue: QueueView | undefined,
): Promise<Forecast> {
  const kinds = new Map<string, Promise<number | undefined>>();
  const expectedOf = (of: Parameters<typeof durationKindOf>[0]) => {
    const kind = durationKindOf(of);
    const expected = kinds.get(kind) ?? loadExpectedDuration(kind);
    kinds.set(kind, expected);
    return expected;
  };
  const byModel = new Map<string, { limits: Model; its: PlanRequest[]; durations: number[] }>();
  let isGuess = false;
  for (const request of requests) {
    const limits = models.find(({ id }) => id === request.sends.request.model);
    if (!limits) continue;
    const duration = await expectedOf(request.sends);
    isGuess ||= duration === undefined;
    const lane = byModel.get(limits.id) ?? { limits, its: [], durations: [] };
    lane.its.push(request);
    lane.durations.push(duration ?? guessedMs);
    byModel.set(limits.id, lane);
  }
  const startsAt = new Map<PlanRequest, number>();
  let last = Date.now();
  for (const { limits, its, durations } of byModel.values()) {
    const lane = await cellHistory.lane(limits.id).catch(() => undefined);
    const running = [...cellsStore.getState().cells.values()].filter(
      (cell) => isInLane(cell, limits.id) && !isHeldBack(cell),
    );
    const now = Date.now();
    const rests = running.map(async (cell) => {
      const expected = (await expectedOf(cell)) ?? guessedMs;
      // It starts at its turn.
      const startsAt = waitsForTurn(cell) ? Math.max(now, cell.nextTry?.at ?? now) : cell.startedAt;
      return expected - (now - (startsAt ?? now));
    });
    const of: ForecastLane = { limits, lane, durations, underWay: await Promise.all(rests) };
    const line = queue?.models.find(({ model }) => model === limits.id);
    if (line) {
      // The line alone keeps to the rate.
      of.limits = { ...limits, rate: null };
      of.line = { ...line, nextAt: line.nextAt - sharingStore.getState().clockOffset };
    }
    const { starts, end } = forecastLane(of, now);
    for (const [index, request] of its.entries()) startsAt.set(request, starts[index] ?? now);
    last = Math.max(last, end);
  }
  return { milliseconds: last - Date.now(), isGuess, startsAt };
}

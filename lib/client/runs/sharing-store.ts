import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { RunList } from '../../core/runs/run';
import { isUnsent } from '../../core/runs/run-state';
import type {
  BudgetsView,
  ModelQueueView,
  QueueView,
  TicketView,
} from '../../core/sharing/sharing';
import { findCell } from '../experiments/cells-store';
import { runsStore, useRuns } from './runs-store';

interface SharingState {
  /** Where a model has a rate: its line, and the own places in it. Times are the server's. */
  queue: QueueView | undefined;
  /** Where the server has budgets: the own. */
  budgets: BudgetsView | undefined;
  /** How far the server's clock is ahead of this browser's, in ms. */
  clockOffset: number;
}

/** Whose turn it is, and what may still be spent, as the last list of runs has told. */
export const sharingStore = createStore<SharingState>(() => ({
  queue: undefined,
  budgets: undefined,
  clockOffset: 0,
}));

/** Notes what a list of runs has told. */
export function noteSharing({
  serverTime,
  queue,
  budgets,
}: Pick<RunList, 'serverTime' | 'queue' | 'budgets'>): void {
  sharingStore.setState({ queue, budgets, clockOffset: serverTime - Date.now() });
}

/** Notes that a start has given its place in line back: the next list may be long in coming. */
export function noteLeft(key: string): void {
  sharingStore.setState(({ queue }) => ({
    queue: queue && { ...queue, tickets: queue.tickets.filter((one) => one.key !== key) },
  }));
}

/** What is known of the line of a model; undefined: it has none. */
export function lineOf(model: string): ModelQueueView | undefined {
  return sharingStore.getState().queue?.models.find((line) => line.model === model);
}

const noLines: readonly ModelQueueView[] = [];

/** The lines of all models that have one. */
export function useLines(): readonly ModelQueueView[] {
  return useStore(sharingStore, ({ queue }) => queue?.models ?? noLines);
}

/** The line of a model; undefined: it has none. */
export function useLine(model: string): ModelQueueView | undefined {
  return useStore(sharingStore, ({ queue }) => queue?.models.find((line) => line.model === model));
}

/** How many of the own starts wait in the line of a model. */
export function useOwnWaiting(model: string): number {
  return useStore(
    sharingStore,
    ({ queue }) => turnsOf(queue).filter((one) => one.model === model).length,
  );
}

/** How many of the own starts wait in any line, and when the next has its turn, on this browser's clock. */
export function useOwnTurns(): { count: number; at: number } {
  const count = useStore(sharingStore, ({ queue }) => turnsOf(queue).length);
  const at = useStore(sharingStore, ({ queue, clockOffset }) =>
    Math.min(...turnsOf(queue).map((one) => one.at - clockOffset)),
  );
  return { count, at };
}

function turnsOf(queue: QueueView | undefined): TicketView[] {
  return queue?.tickets.filter(({ heldUntil }) => heldUntil === null) ?? [];
}

/**
 * How many pictures the own starts in line ask for that are no runs of the image pages: answers of the chat, one each,
 * and cells of experiments, as far as they are known here.
 */
export function picturesElsewhere(queue: QueueView | undefined): number {
  const { runs } = runsStore.getState();
  const others = queue?.tickets.filter(({ key }) => !runs.some((run) => run.key === key)) ?? [];
  return others.reduce((sum, { key }) => sum + ((key && findCell(key)?.asked) || 1), 0);
}

/**
 * How many pictures may still be asked for, of how many in 24 hours; undefined: as many as one likes. The own runs
 * that are not sent yet count too: the server does not know of them, but they will need their part.
 */
export function usePicturesLeft():
  | { left: number; limit: number; used: number; waiting: number; freeAt: number | null }
  | undefined {
  const budget = useStore(sharingStore, ({ budgets }) => budgets?.picturesPerDay);
  const offset = useStore(sharingStore, ({ clockOffset }) => clockOffset);
  const unsent = useRuns(({ runs }) =>
    runs.reduce((sum, run) => sum + (isUnsent(run) ? run.asked : 0), 0),
  );
  const waiting = unsent + useStore(sharingStore, ({ queue }) => picturesElsewhere(queue));
  if (!budget) return undefined;
  const { limit, used, freeAt } = budget;
  return {
    left: Math.max(0, limit - used - waiting),
    limit,
    used,
    waiting,
    freeAt: freeAt === null ? null : freeAt - offset,
  };
}

/** The place in line of the start with this key; undefined: it has none. Times are on this browser's clock. */
export function useTicket(key: string): TicketView | undefined {
  const ticket = useStore(sharingStore, ({ queue }) =>
    queue?.tickets.find((one) => one.key === key),
  );
  const offset = useStore(sharingStore, ({ clockOffset }) => clockOffset);
  if (!ticket) return undefined;
  const heldUntil = ticket.heldUntil === null ? null : ticket.heldUntil - offset;
  return { ...ticket, at: ticket.at - offset, heldUntil };
}

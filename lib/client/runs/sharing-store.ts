import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { RunList } from '../../core/runs/run';
import type { BudgetsView, QueueView, TicketView } from '../../core/sharing/sharing';

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

import 'server-only';
import { ApiError } from '../../core/api-error';
import type { ExceededBudget } from '../../core/sharing/budgets';
import type { BudgetsView, TicketView } from '../../core/sharing/sharing';

/** A start that has to come again later, or as it is never. Nothing of it was sent. */
export class ComeLater extends ApiError {
  /** undefined: a repeat is of no use. */
  readonly retryAfterSeconds: number | undefined;
  /** What the body of the answer has beside its `error`. */
  readonly details: { queue: TicketView } | { exceeded: ExceededBudget; budgets: BudgetsView };

  constructor({
    code,
    message,
    param,
    waitMs,
    details,
  }: {
    code: 'queue_wait' | 'budget_exceeded';
    message: string;
    param?: string;
    /** null: a repeat is of no use. */
    waitMs: number | null;
    details: ComeLater['details'];
  }) {
    super({ code, message, param });
    this.retryAfterSeconds = waitMs === null ? undefined : Math.max(1, Math.ceil(waitMs / 1000));
    this.details = details;
  }
}

/** How many tickets a person may have at once, all models together. */
export const mostTickets = 20;

// Who has the most tickets comes again when one of them may be gone.
const noTicketWaitMs = 60_000;

/** The error of a start whose turn it is not. @param hasTicket it has a place in the line */
export function queueWait({
  ticket,
  hasTicket,
  now,
}: {
  ticket: TicketView;
  hasTicket: boolean;
  now: number;
}): ComeLater {
  const { model, place, at } = ticket;
  const waitMs = Math.max(at, now) - now;
  const minutes = Math.ceil(waitMs / 60_000);
  const message = hasTicket
    ? `All requests that ${model} allows for now are taken. This one is number ${place} in line; ` +
      `its turn is expected in about ${minutes} min. Nothing was sent.`
    : `You already have ${mostTickets} requests in line, the most for one person, so this one has ` +
      'no place yet. Nothing was sent. Send it again when one of them has had its turn.';
  return new ComeLater({
    code: 'queue_wait',
    message,
    waitMs: hasTicket ? waitMs : Math.min(waitMs, noTicketWaitMs),
    details: { queue: ticket },
  });
}

const runEndsMs = 10_000;

/** The error of a start that a budget has no room for. Its `param` is the budget's name in `budgets`. */
export function budgetExceeded({
  exceeded,
  pictures,
  budgets,
  now,
}: {
  exceeded: ExceededBudget;
  pictures: number;
  budgets: BudgetsView;
  now: number;
}): ComeLater {
  const { budget, limit, at } = exceeded;
  const words = {
    requestsPerMinute: `Your budget is ${limit} requests a minute`,
    picturesPerDay: `Your budget is ${limit} pictures in 24 hours, and this request asks for ${pictures}`,
    runsAtOnce: `Your budget is ${limit} requests at once`,
  }[budget];
  // How long a run takes is not known. More than a whole budget never fits.
  const waitMs = at !== null ? at - now : budget === 'runsAtOnce' ? runEndsMs : null;
  const advice = waitMs === null ? 'It can never fit: ask for fewer pictures.' : 'Try again later.';
  return new ComeLater({
    code: 'budget_exceeded',
    message: `${words}. Nothing was sent. ${advice}`,
    param: budget,
    waitMs,
    details: { exceeded, budgets },
  });
}

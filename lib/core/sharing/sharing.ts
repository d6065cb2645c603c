/** A place in the line of a model. Times are the server's, in ms since 1970. */
export interface TicketView {
  /** The idempotency key of the start that waits; null: an SDK's, which has none. */
  key: string | null;
  model: string;
  /** 1 is next. */
  place: number;
  /** When its turn is expected. It is true unless somebody with less service arrives. */
  at: number;
  /** Its turn has come: a start before this moment is let through. null: not yet. */
  heldUntil: number | null;
}

/** How much of a model's rate is used by everybody. */
export interface ModelQueueView {
  model: string;
  rate: { requests: number; seconds: number };
  /** Requests in the window: those that were sent, and those whose turn has come. */
  used: number;
  waiting: number;
  /** The gateway answered 429: nothing is sent before this moment. */
  blockedUntil: number | null;
  /** When one more start of this person would have its turn; now or earlier: at once. */
  nextAt: number;
}

/** The lines of all models that have one. */
export interface QueueView {
  models: ModelQueueView[];
  /** Those of the visitor who asks. */
  tickets: TicketView[];
}

/** One budget of the person who asks. */
export interface BudgetView {
  limit: number;
  used: number;
  /** When one more fits, if it is used up and that is known; in ms since 1970. */
  freeAt: number | null;
}

/** The budgets that the server's operator has set. */
export interface BudgetsView {
  requestsPerMinute?: BudgetView;
  picturesPerDay?: BudgetView;
  runsAtOnce?: BudgetView;
}

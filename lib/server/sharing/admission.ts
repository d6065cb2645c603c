import 'server-only';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { ApiError } from '../../core/api-error';
import type { Model } from '../../core/models/model';
import { type BudgetLimits, budgetsOf, dayMs, exceededBudget } from '../../core/sharing/budgets';
import type { BudgetsView, QueueView, TicketView } from '../../core/sharing/sharing';
import { getConfig } from '../config';
import { type InFlight, inFlight, type Work } from '../in-flight';
import { log } from '../log';
import type { Statements } from '../postgres/connection';
import { noRoom } from '../runs/run-errors';
import { singleton } from '../singleton';
import { metrics } from '../usage/metrics';
import { type Booking, openLedger } from './ledger';
import { createLines, type LineFigures, type StartAsk, type TicketOwner } from './lines';
import { budgetExceeded } from './sharing-errors';

/** A booking is good for so long: a process that was asleep meanwhile must book anew. */
const bookingGoodMs = 10_000;

/** What was booked for one request, from just before its last byte goes upstream. */
export interface BookedStart {
  /** Its name in the database; undefined: there is none. */
  id?: string;
  /** Whether it may still be sent. It has to be asked in the same step that sends. */
  isGood(): boolean;
  /** The last byte has gone. */
  sent(): void;
  /**
   * Nothing was carried out (`ApiError.safeToRepeat`), so that no budget is used.
   * @param reached the gateway has seen it, and may count it in its own rate: the slot stays taken
   */
  giveBack(reached: boolean): void;
  /** The gateway has refused it with 429. @param seconds of its `Retry-After` */
  refuse(seconds: number | undefined): void;
}

/** The one place that decides who may send how much, and whose turn it is. */
export interface Admission {
  /**
   * Looks before an upload goes upstream whether it may, and keeps its slot if so. It is asked again by `admit`.
   * @throws ComeLater
   */
  knock(ask: StartAsk): void | Promise<void>;
  /**
   * Books a request whose last byte is about to go upstream.
   * @param isMine whether it still may be sent, asked in the same step
   * @param also belongs to the booking where that is a transaction; false: nothing is booked
   * @throws ComeLater it may not go now; ApiError `spool_full` or `store_unavailable` it cannot be written down
   */
  admit(
    ask: StartAsk,
    how: {
      work: Pick<Work, 'book' | 'onLeave'>;
      isMine?: () => boolean;
      also?: (sql: Statements) => Promise<boolean>;
    },
  ): Promise<BookedStart>;
  /** Takes a ticket before the start that it is for. @throws ComeLater `budget_exceeded`, or no more tickets */
  takeTicket(ask: StartAsk & { key: string }): TicketView | Promise<TicketView>;
  /** Gives a ticket back. */
  dropTicket(owner: TicketOwner): void | Promise<void>;
  /** A request has failed: the slot that is kept for it, if it has not become a booking, comes free. */
  letGo(ask: StartAsk, error: unknown): void;
  /** The visitor is still there: its tickets stay alive. */
  keepAlive(visitor: string): void;
  /** More of an upload has arrived: the slot that is kept for it is kept longer. */
  uploadMoves(owner: StartAsk | TicketOwner): void;
  /** Resolves when a ticket of a visitor has its turn that no list has told of, or when the signal aborts. */
  whenCalled(visitor: string, signal: AbortSignal): Promise<void>;
  /** What a list tells its reader. */
  view(visitor: string, person: string): SharingView | Promise<SharingView>;
  /** The lines in figures, for metrics. */
  gauges(): LineFigures[] | Promise<LineFigures[]>;
}

export interface SharingView {
  queue?: QueueView;
  budgets?: BudgetsView;
}

/** The one of this process alone. @throws the file system's error, if its book cannot be read */
export function getDiskAdmission(): Admission {
  return singleton('admission', () => {
    const { models, gateway, budgets, dataDir } = getConfig();
    return createAdmission({
      // The rates are the gateway's; the demo gateway has none.
      models: gateway.mode === 'gateway' ? models : [],
      limits: budgets,
      dataDir: resolve(/*turbopackIgnore: true*/ dataDir),
    });
  });
}

/**
 * Decides who may send how much, and whose turn it is, in one step: it looks at the budgets and the line, books, and
 * awaits nothing in between. The booking is on the disk before the request is sent.
 * @param now in ms since 1970
 * @param elapsed in ms, of a clock that nobody sets
 */
export function createAdmission({
  models,
  limits,
  dataDir,
  now: clock = Date.now,
  elapsed = () => performance.now(),
  underWay = inFlight(),
}: {
  models: readonly Pick<Model, 'id' | 'rate'>[];
  limits: BudgetLimits;
  dataDir: string;
  now?: () => number;
  elapsed?: () => number;
  underWay?: Pick<InFlight, 'countOf'>;
}) {
  const now = steadyClock(clock, elapsed);
  const hasBudgets = Object.values(limits).some((limit) => limit !== undefined);
  const lines = createLines({ models, now });
  // Opened only where something is counted.
  const ledger =
    hasBudgets || lines.has()
      ? openLedger({ dataDir, keepMs: Math.max(dayMs, lines.longestMs) + bookingGoodMs, now })
      : undefined;
  for (const { id, at: bookedAt, person, model, state } of ledger?.all() ?? []) {
    // One of which no more is known may have been sent until it was good no longer.
    const at = state === 'booked' ? bookedAt + bookingGoodMs : bookedAt;
    if (state === 'booked') ledger?.change(id, { state: 'sent', at });
    lines.queue(model)?.note(id, { person, at });
  }
  for (const { model, heldUntil } of ledger?.holds() ?? []) {
    lines.block(model, (heldUntil - now()) / 1000);
  }

  const factsOf = (person: string) => ({
    limits,
    spent: hasBudgets
      ? (ledger?.all() ?? []).filter((one) => one.person === person && one.state !== 'refused')
      : [],
    underWay: underWay.countOf(person),
    now: now(),
  });
  const budgets = (person: string): BudgetsView => budgetsOf(factsOf(person));

  function checkBudgets({ person, pictures }: Pick<StartAsk, 'person' | 'pictures'>): void {
    if (!hasBudgets) return;
    const exceeded = exceededBudget({ ...factsOf(person), pictures });
    if (!exceeded) return;
    throw budgetExceeded({ exceeded, pictures, budgets: budgets(person), now: now() });
  }

  function book({ person, model, pictures }: StartAsk): Booking {
    return { id: randomUUID(), at: now(), person, model, pictures, state: 'booked' };
  }

  function booked({ id, model, person }: Booking, work: Pick<Work, 'book'>): BookedStart {
    const queue = lines.queue(model);
    const since = elapsed();
    return {
      isGood: () => elapsed() - since < bookingGoodMs,
      sent() {
        const at = now();
        ledger?.change(id, { state: 'sent', at });
        queue?.note(id, { person, at });
      },
      giveBack(reached) {
        if (reached && queue) return ledger?.change(id, { state: 'refused' });
        ledger?.remove(id);
        queue?.giveBack(id);
        work.book(undefined);
        lines.call();
      },
      refuse(seconds) {
        const until = lines.block(model, seconds);
        if (until !== undefined) ledger?.hold(model, until);
      },
    };
  }

  return {
    /**
     * Looks before an upload goes upstream whether it may, and keeps its slot if so. It is asked again by `admit`.
     * @throws ComeLater
     */
    knock(ask: StartAsk): void {
      if (!ledger) return;
      try {
        checkBudgets(ask);
      } catch (error) {
        lines.drop(ask);
        throw error;
      }
      lines.takeTurn(ask);
    },
    /**
     * Books a request whose last byte is about to go upstream.
     * @param isMine whether it still may be sent, asked in the same step
     * @throws ComeLater it may not go now; ApiError `spool_full` it cannot be written down
     */
    async admit(
      ask: StartAsk,
      { work, isMine = () => true }: { work: Pick<Work, 'book'>; isMine?: () => boolean },
    ): Promise<BookedStart> {
      if (!ledger || !isMine()) return nothingBooked;
      this.knock(ask);
      const booking = book(ask);
      const waitedMs = lines.start(ask, { id: booking.id, sentBy: booking.at + bookingGoodMs });
      if (waitedMs !== undefined) metrics().waited(ask.model, waitedMs);
      work.book(ask.person);
      const start = booked(booking, work);
      try {
        await ledger.add(booking);
      } catch (error) {
        log().error({ err: error }, 'a booking cannot be saved');
        start.giveBack(false);
        throw noRoom();
      }
      return start;
    },
    /** Takes a ticket before the start that it is for. @throws ComeLater `budget_exceeded`, or no more tickets */
    takeTicket(ask: StartAsk & { key: string }): TicketView {
      checkBudgets(ask);
      return lines.takeTicket(ask);
    },
    /** Gives a ticket back. */
    dropTicket: (owner: TicketOwner) => lines.drop(owner),
    /** A request has failed: the slot that is kept for it, if it has not become a booking, comes free. */
    letGo(ask: StartAsk, error: unknown): void {
      if (!(error instanceof ApiError && error.code === 'queue_wait')) lines.drop(ask);
    },
    /** The visitor is still there: its tickets stay alive. */
    keepAlive: (visitor: string) => lines.keepAlive(visitor),
    /** More of an upload has arrived: the slot that is kept for it is kept longer. */
    uploadMoves: (owner: StartAsk | TicketOwner) => lines.extend(owner),
    /** Resolves when a ticket of a visitor has its turn that no list has told of, or when the signal aborts. */
    whenCalled: (visitor: string, signal: AbortSignal) => lines.whenCalled(visitor, signal),
    /** What a list tells its reader. */
    view(visitor: string, person: string): SharingView {
      return {
        ...(lines.has() && { queue: lines.view(visitor, person) }),
        ...(hasBudgets && { budgets: budgets(person) }),
      };
    },
    /** The lines in figures, for metrics. */
    gauges: () => lines.gauges(),
  };
}

/**
 * A clock in whole ms that goes on where another is set back: otherwise what was sent would count for longer than
 * it does.
 */
function steadyClock(clock: () => number, elapsed: () => number): () => number {
  let set = { at: clock(), elapsed: elapsed() };
  return () => {
    const at = clock();
    const passed = elapsed();
    const due = set.at + Math.floor(passed - set.elapsed);
    if (at > due) set = { at, elapsed: passed };
    return Math.max(at, due);
  };
}

const nothingBooked: BookedStart = {
  isGood: () => true,
  sent() {},
  giveBack() {},
  refuse() {},
};

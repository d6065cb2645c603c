import 'server-only';
import type { Model } from '../../core/models/model';
import {
  createFairQueue,
  type FairQueue,
  heldMs,
  type QueueMemory,
  type Ticket,
} from '../../core/sharing/fair-queue';
import type { QueueView, TicketView } from '../../core/sharing/sharing';
import { createWaitList, type WaitList } from '../runs/change-feed';
import { outsideRequests } from '../singleton';
import { mostTickets, queueWait } from './sharing-errors';

/** Who asks to send what. */
export interface StartAsk {
  /** A hash (`personOf`). */
  person: string;
  /** A hash (`visitorFor`); '': a request that is no run. */
  visitor: string;
  /** The idempotency key; null: an SDK, which has one ticket per model. */
  key: string | null;
  model: string;
  /** As many as the request can bring; a chat counts as one. */
  pictures: number;
}

/** Whose ticket it is: the visitor, and the key of the start that waits. */
export interface TicketOwner {
  visitor: string;
  key: string;
}

/** A ticket is kept for so long after somebody has asked for it: a hidden tab runs its timers once a minute. */
export const watchedMs = 180_000;
// An SDK comes when it was told to, or not at all.
const lateMs = 60_000;
const lookEveryMs = 1000;
/** A slot is kept for an upload so long at most. */
export const longestUploadMs = 15 * 60_000;
// A gateway's 429 that does not say for how long: the next request would only be refused as well.
const usualBlockMs = 30_000;

/** A ticket, and for what it is. */
export interface Place {
  ask: StartAsk;
  ticket: Ticket;
  /** When it came, in ms since 1970. */
  since: number;
  /** Where its slot is kept for an upload, no longer than until then; 0: its upload has not begun. */
  uploadUntil: number;
  /** A list has told that its turn has come. */
  isTold: boolean;
}

/** The line of one model in figures. */
export interface LineFigures {
  model: string;
  waiting: number;
  /** Of `limit` requests in the window. */
  used: number;
  limit: number;
  oldestWaitSeconds: number;
}

/** The name of a ticket: of a start by its key, or an SDK's for its model. */
export const nameOf = (ask: StartAsk | TicketOwner) =>
  'person' in ask && ask.key === null ? `${ask.person} ${ask.model}` : `${ask.visitor}/${ask.key}`;

/**
 * The lines of all models that have a rate, and whose tickets stand in them.
 * @param now in whole ms
 * @param isLasting they call whose turn has come, also while nobody asks
 */
export function createLines({
  models,
  now,
  isLasting = true,
}: {
  models: readonly Pick<Model, 'id' | 'rate'>[];
  now: () => number;
  isLasting?: boolean;
}) {
  const queues = new Map<string, FairQueue>();
  const rates = new Map<string, NonNullable<Model['rate']>>();
  for (const { id, rate } of models) {
    if (!rate) continue;
    queues.set(id, createFairQueue(rate));
    rates.set(id, rate);
  }
  const places = new Map<string, Place>();
  const waiting = new Map<string, WaitList>();
  let timer: NodeJS.Timeout | undefined;

  const queueOf = ({ ask }: Place) => queues.get(ask.model);
  const isThere = (place: Place) => queueOf(place)?.has(place.ticket) === true;
  const ofVisitor = (visitor: string) =>
    [...places.values()].filter(({ ask }) => ask.key !== null && ask.visitor === visitor);

  /** Calls those whose turn it is, and forgets the tickets that nobody asks for any more. */
  function call(): void {
    for (const queue of queues.values()) queue.call(now());
    for (const [name, place] of places) {
      if (!isThere(place)) places.delete(name);
      else if (place.ticket.heldUntil !== null && !place.isTold) {
        waiting.get(place.ask.visitor)?.wake();
      }
    }
    if (places.size === 0) clearInterval(timer);
    if (places.size === 0) timer = undefined;
    else if (isLasting) timer ??= outsideRequests(() => setInterval(call, lookEveryMs).unref());
  }

  function viewOf({ ask, ticket }: Place, turn = queues.get(ask.model)?.turns(now()).get(ticket)) {
    const { key, model } = ask;
    const { place, at } = turn ?? { place: 1, at: now() };
    return { key, model, place, at, heldUntil: ticket.heldUntil };
  }

  /** The place of a start, which is made at its first try. */
  function find(ask: StartAsk, queue: FairQueue): Place {
    const name = nameOf(ask);
    const found = places.get(name);
    if (found && isThere(found) && found.ask.model === ask.model) return found;
    if (found) queueOf(found)?.leave(found.ticket);
    const isWatched = ask.key !== null;
    const aliveUntil = now() + (isWatched ? watchedMs : heldMs);
    const ticket = queue.join({ person: ask.person, aliveUntil, isWatched });
    const place = { ask, ticket, since: now(), uploadUntil: 0, isTold: false };
    places.set(name, place);
    return place;
  }

  /** The ticket of a start, in line now at the latest, and called if its turn has come. */
  function enter(ask: StartAsk, queue: FairQueue): Place {
    call();
    const place = find(ask, queue);
    call();
    const isWaiting = ({ ticket }: Place) => ticket.heldUntil === null;
    const own = [...places.values()].filter((one) => one.ask.person === ask.person);
    if (isWaiting(place) && own.filter(isWaiting).length > mostTickets) {
      const ticket = viewOf(place);
      queue.leave(place.ticket);
      places.delete(nameOf(ask));
      throw queueWait({ ticket, hasTicket: false, now: now() });
    }
    return place;
  }

  return {
    has: () => queues.size > 0,
    longestMs: Math.max(0, ...[...rates.values()].map(({ seconds }) => seconds * 1000)),
    queue: (model: string) => queues.get(model),
    call,
    /** Puts the lines back as they were somewhere else. */
    restore(kept: Iterable<Place>, memories: ReadonlyMap<string, QueueMemory>): void {
      for (const place of kept) places.set(nameOf(place.ask), place);
      for (const [model, queue] of queues) {
        const line = [...places.values()].filter(({ ask }) => ask.model === model);
        const memory = memories.get(model) ?? queue.memory();
        queue.restore(
          memory,
          line.map(({ ticket }) => ticket),
        );
      }
    },
    /** All tickets that are still there. */
    places: () => [...places.values()].filter(isThere),
    /** Lets a start through whose turn has come, and keeps its slot. @throws ComeLater `queue_wait` */
    takeTurn(ask: StartAsk): void {
      const queue = queues.get(ask.model);
      if (!queue) return;
      const place = enter(ask, queue);
      const { ticket } = place;
      if (queue.mayStart(ticket, now())) return;
      const { blockedUntil } = queue.counts(now());
      const view = viewOf(place);
      const at = Math.max(view.at, blockedUntil ?? 0);
      if (ask.key === null) ticket.aliveUntil = at + lateMs;
      else ticket.aliveUntil = now() + watchedMs;
      throw queueWait({ ticket: { ...view, at }, hasTicket: true, now: now() });
    },
    /**
     * The ticket of a start whose turn has come becomes a request.
     * @param sentBy in ms since 1970
     * @returns how long it stood in line, in ms; undefined: its model has none
     */
    start(ask: StartAsk, { id, sentBy }: { id: string; sentBy: number }): number | undefined {
      const place = places.get(nameOf(ask));
      places.delete(nameOf(ask));
      if (!place) return undefined;
      queueOf(place)?.start(place.ticket, id, sentBy);
      return now() - place.since;
    },
    /** The ticket of a start. A model without a rate has no line: it may go. */
    takeTicket(ask: StartAsk & { key: string }): TicketView {
      const queue = queues.get(ask.model);
      const { key, model } = ask;
      if (!queue) return { key, model, place: 1, at: now(), heldUntil: now() + heldMs };
      const place = enter(ask, queue);
      place.ticket.aliveUntil = now() + watchedMs;
      place.isTold = place.ticket.heldUntil !== null;
      return viewOf(place);
    },
    drop(owner: StartAsk | TicketOwner): void {
      const place = places.get(nameOf(owner));
      if (!place) return;
      queueOf(place)?.leave(place.ticket);
      call();
    },
    keepAlive(visitor: string): void {
      for (const { ticket } of ofVisitor(visitor)) ticket.aliveUntil = now() + watchedMs;
    },
    extend(owner: StartAsk | TicketOwner): void {
      const place = places.get(nameOf(owner));
      if (!place || place.ticket.heldUntil === null) return;
      place.uploadUntil ||= now() + longestUploadMs;
      const until = Math.min(now() + heldMs, place.uploadUntil);
      place.ticket.heldUntil = Math.max(place.ticket.heldUntil, until);
    },
    /** Resolves when a visitor's turn has come and no list has told of it. */
    async whenCalled(visitor: string, signal: AbortSignal): Promise<void> {
      const isCalled = () =>
        ofVisitor(visitor).some(({ ticket, isTold }) => ticket.heldUntil !== null && !isTold);
      while (!isCalled() && !signal.aborted) {
        const list = waiting.get(visitor) ?? createWaitList(() => waiting.delete(visitor));
        waiting.set(visitor, list);
        await list.wait(signal);
      }
    },
    /**
     * Holds a model for everybody.
     * @param seconds of the gateway's `Retry-After`
     * @returns until when, in ms since 1970; undefined: it has no line
     */
    block(model: string, seconds = usualBlockMs / 1000): number | undefined {
      const rate = rates.get(model);
      if (!rate) return undefined;
      // More than a window would say nothing of the rate.
      const most = Math.max(rate.seconds * 1000, usualBlockMs);
      const until = now() + Math.min(Math.round(seconds * 1000), most);
      queues.get(model)?.block(until);
      return until;
    },
    view(visitor: string, person: string): QueueView {
      call();
      const own = ofVisitor(visitor);
      const turns = new Map(
        [...new Set(own.map(({ ask }) => ask.model))].map((model) => [
          model,
          queues.get(model)?.turns(now()),
        ]),
      );
      for (const place of own) place.isTold = place.ticket.heldUntil !== null;
      return {
        models: [...rates].flatMap(([model, rate]) => {
          const queue = queues.get(model);
          if (!queue) return [];
          const nextAt = queue.turnOf(person, now()).at;
          return [{ model, rate, ...queue.counts(now()), nextAt }];
        }),
        tickets: own.map((place) => viewOf(place, turns.get(place.ask.model)?.get(place.ticket))),
      };
    },
    gauges(): LineFigures[] {
      return [...rates].flatMap(([model, { requests: limit }]) => {
        const queue = queues.get(model);
        if (!queue) return [];
        const { used, waiting } = queue.counts(now());
        const since = [...places.values()]
          .filter(({ ask, ticket }) => ask.model === model && ticket.heldUntil === null)
          .map(({ since }) => since);
        const oldestWaitSeconds = since.length ? (now() - Math.min(...since)) / 1000 : 0;
        return [{ model, waiting, used, limit, oldestWaitSeconds }];
      });
    },
  };
}

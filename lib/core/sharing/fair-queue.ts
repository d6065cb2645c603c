import type { Model } from '../models/model';

/** A place in the line of one model. Times are whole ms since 1970. */
export interface Ticket {
  readonly person: string;
  /** Orders the tickets by their arrival. */
  readonly number: number;
  /** It leaves the line then, unless somebody asks for it before. */
  aliveUntil: number;
  /** Its owner asks for it now and then; an SDK sleeps until the time that it was told. */
  readonly isWatched: boolean;
  /** Its turn has come, and its slot is kept until then. null: it waits. */
  heldUntil: number | null;
}

/** One request that takes a slot of the window. */
interface Start {
  person: string;
  /** The slot comes free at this moment. */
  freeAt: number;
}

/** When a ticket has its turn, and how many have it before. */
export interface Turn {
  place: number;
  at: number;
}

/** How long a slot is kept for a ticket whose turn has come: hidden tabs run their timers once a minute. */
export const heldMs = 90_000;

// What is sent a window after another request may arrive sooner after it than it was sent.
const networkMs = 1000;

export type FairQueue = ReturnType<typeof createFairQueue>;

/** What a line remembers beside its tickets and the requests in its window. Times in ms since 1970. */
export interface QueueMemory {
  /** When one was called out of the last fifth of the window, one at a time; null: never. */
  pacedAt: number | null;
  blockedUntil: number;
  lastNumber: number;
}

/**
 * The line of one model: everybody shares its rate. It keeps a log of times, so that no window ever
 * has more requests than the rate; a bucket of tokens would let twice as many into one.
 *
 * Next is who has been served least: the fewest requests in the window plus the own place in line; then
 * who came first. The last fifth of the window goes at once only to people below an equal share,
 * counted with one share for somebody who has not asked yet; to others one at a time, evenly spaced.
 * So one person who asks for everything leaves something for those who come later.
 */
export function createFairQueue({ requests, seconds }: NonNullable<Model['rate']>) {
  const windowMs = seconds * 1000 + networkMs;
  const reserve = Math.floor(requests / 5);
  const paceMs = reserve > 0 ? Math.ceil(windowMs / reserve) : 0;
  const starts = new Map<string, Start>();
  const tickets = new Set<Ticket>();
  let pacedAt = Number.NEGATIVE_INFINITY;
  let blockedUntil = 0;
  let lastNumber = 0;

  const called = () => [...tickets].filter(({ heldUntil }) => heldUntil !== null);

  function forgetOld(now: number): void {
    for (const [id, { freeAt }] of starts) if (freeAt <= now) starts.delete(id);
    for (const ticket of tickets) {
      if ((ticket.heldUntil ?? ticket.aliveUntil) <= now) tickets.delete(ticket);
    }
  }

  /** A copy of the window and the line, to be played forward. */
  function copy(now: number) {
    const taken = [
      ...starts.values(),
      ...called().map(({ person }) => ({ person, freeAt: now + windowMs })),
    ].sort((a, b) => a.freeAt - b.freeAt);
    const used = new Map<string, number>();
    for (const { person } of taken) count(used, person, 1);
    const lines = new Map<string, Ticket[]>();
    for (const ticket of tickets) {
      if (ticket.heldUntil !== null) continue;
      const line = lines.get(ticket.person);
      if (line) line.push(ticket);
      else lines.set(ticket.person, [ticket]);
    }
    return { taken, used, lines, pacedAt };
  }
  type Copy = ReturnType<typeof copy>;

  /** Whose turn it is at a moment, if anybody's. */
  function next(state: Copy, now: number): { ticket: Ticket; isPaced: boolean } | undefined {
    if (now < blockedUntil || state.taken.length >= requests) return undefined;
    let ticket: Ticket | undefined;
    let least = Number.POSITIVE_INFINITY;
    // Of each person's tickets the first stands before the others, so only it is compared.
    for (const [person, [first]] of state.lines) {
      const served = state.used.get(person) ?? 0;
      if (!first || served > least) continue;
      if (served === least && ticket && ticket.number < first.number) continue;
      ticket = first;
      least = served;
    }
    if (!ticket) return undefined;
    if (state.taken.length < requests - reserve) return { ticket, isPaced: false };
    const people = new Set([...state.used.keys(), ...state.lines.keys()]).size;
    const share = Math.max(1, Math.floor(requests / (people + 1)));
    if (least < share) return { ticket, isPaced: false };
    return now >= state.pacedAt + paceMs ? { ticket, isPaced: true } : undefined;
  }

  /** Plays the line forward, as if each started when its turn comes, until `isEnough`. */
  function play(state: Copy, now: number, note: (ticket: Ticket, turn: Turn) => boolean): void {
    let at = now;
    for (let place = 1; state.lines.size > 0; ) {
      const chosen = next(state, at);
      if (chosen) {
        const { ticket, isPaced } = chosen;
        if (note(ticket, { place, at })) return;
        place++;
        if (isPaced) state.pacedAt = at;
        state.taken.push({ person: ticket.person, freeAt: at + windowMs });
        count(state.used, ticket.person, 1);
        const line = state.lines.get(ticket.person)?.slice(1) ?? [];
        if (line.length > 0) state.lines.set(ticket.person, line);
        else state.lines.delete(ticket.person);
        continue;
      }
      const freeAt = state.taken[0]?.freeAt ?? Number.POSITIVE_INFINITY;
      const changes = [freeAt, state.pacedAt + paceMs, blockedUntil].filter((time) => time > at);
      at = Math.min(...changes);
      while (state.taken[0] && state.taken[0].freeAt <= at) {
        count(state.used, state.taken.shift()?.person ?? '', -1);
      }
    }
  }

  return {
    /** Puts the line back as it was somewhere else; `note` adds the requests of its window. */
    restore(memory: QueueMemory, line: Iterable<Ticket>): void {
      pacedAt = memory.pacedAt ?? Number.NEGATIVE_INFINITY;
      ({ blockedUntil, lastNumber } = memory);
      for (const ticket of line) tickets.add(ticket);
    },
    memory: (): QueueMemory => ({
      pacedAt: Number.isFinite(pacedAt) ? pacedAt : null,
      blockedUntil,
      lastNumber,
    }),
    /** Joins the line; its turn may come at the next `call`. */
    join(joins: Pick<Ticket, 'person' | 'aliveUntil' | 'isWatched'>): Ticket {
      const ticket = { ...joins, number: ++lastNumber, heldUntil: null };
      tickets.add(ticket);
      return ticket;
    },
    leave(ticket: Ticket): void {
      tickets.delete(ticket);
    },
    /** Whether a ticket is still there. */
    has: (ticket: Ticket) => tickets.has(ticket),
    /** Calls everybody whose turn it is. @returns those that were called now */
    call(now: number): Ticket[] {
      forgetOld(now);
      const found: Ticket[] = [];
      const state = copy(now);
      play(state, now, (ticket, { at }) => {
        if (at > now) return true;
        found.push(ticket);
        return false;
      });
      pacedAt = state.pacedAt;
      for (const ticket of found) {
        const slept = ticket.isWatched ? now : ticket.aliveUntil;
        ticket.heldUntil = Math.max(now + heldMs, slept);
      }
      return found;
    },
    /** Whether a ticket whose turn has come may start at this moment. */
    mayStart: (ticket: Ticket, now: number) => ticket.heldUntil !== null && now >= blockedUntil,
    /** A ticket whose turn has come becomes a request. */
    start(ticket: Ticket, id: string, sentBy: number): void {
      tickets.delete(ticket);
      starts.set(id, { person: ticket.person, freeAt: sentBy + windowMs });
    },
    /** A request of before a restart, or one that is now known to have been sent at a moment. */
    note(id: string, { person, at }: { person: string; at: number }): void {
      starts.set(id, { person, freeAt: at + windowMs });
    },
    /** A request that never reached the gateway. */
    giveBack(id: string): void {
      starts.delete(id);
    },
    /** Calls nobody before a moment, because the gateway has said so. */
    block(until: number): void {
      blockedUntil = Math.max(blockedUntil, until);
      for (const ticket of called()) {
        ticket.heldUntil = Math.max(ticket.heldUntil ?? 0, blockedUntil + heldMs);
      }
    },
    /** When each waiting ticket has its turn; true unless somebody with less service arrives. */
    turns(now: number): Map<Ticket, Turn> {
      forgetOld(now);
      const found = new Map<Ticket, Turn>();
      play(copy(now), now, (ticket, turn) => {
        found.set(ticket, turn);
        return false;
      });
      return found;
    },
    /** The turn that one more ticket of a person would have. */
    turnOf(person: string, now: number): Turn {
      forgetOld(now);
      const more = { number: lastNumber + 1, aliveUntil: 0, isWatched: true, heldUntil: null };
      const ticket: Ticket = { person, ...more };
      const state = copy(now);
      state.lines.set(person, [...(state.lines.get(person) ?? []), ticket]);
      let found = { place: 1, at: now };
      play(state, now, (one, turn) => {
        found = turn;
        return one === ticket;
      });
      return found;
    },
    /** Slots that are taken, people's tickets that wait, and until when nobody is called. */
    counts(now: number): { used: number; waiting: number; blockedUntil: number | null } {
      forgetOld(now);
      const held = called().length;
      return {
        used: starts.size + held,
        waiting: tickets.size - held,
        blockedUntil: blockedUntil > now ? blockedUntil : null,
      };
    },
  };
}

function count(map: Map<string, number>, key: string, change: number): void {
  const value = (map.get(key) ?? 0) + change;
  if (value > 0) map.set(key, value);
  else map.delete(key);
}

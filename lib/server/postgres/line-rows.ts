import 'server-only';
import type { Model } from '../../core/models/model';
import type { Spending } from '../../core/sharing/budgets';
import type { QueueMemory } from '../../core/sharing/fair-queue';
import { createLines, nameOf, type Place } from '../sharing/lines';
import type { Statements } from './connection';
import { tell } from './notices';
import { deadMs } from './server-rows';

/** A booking is good for so long; until then it is not known whether it was sent. */
export const bookingGoodMs = 10_000;
const dayMs = 24 * 60 * 60 * 1000;

interface TicketRow {
  name: string;
  person: string;
  visitor: string;
  key: string | null;
  model: string;
  pictures: number;
  number: number;
  since: number;
  alive_until: number;
  is_watched: boolean;
  held_until: number | null;
  upload_until: number;
  is_told: boolean;
}

interface HoldRow {
  model: string;
  paced_at: number | null;
  blocked_until: number;
  last_number: number;
}

/** The lines of all servers at one moment, and what one person has spent. */
export interface LoadedLines {
  lines: ReturnType<typeof createLines>;
  now: number;
  spent: Spending[];
  underWay: number;
  /** Writes back what has changed, and wakes whose turn has come. To be called in the transaction that has loaded. */
  save(sql: Statements): Promise<void>;
  /** Whether there is anything to write back. */
  isChanged(): boolean;
}

/** Waits until no other server counts. @param isPatient otherwise it gives up if one does. @returns whether it may */
export async function lockLines(sql: Statements, { isPatient = true } = {}): Promise<boolean> {
  const how = isPatient ? '' : 'skip locked';
  const rows = await sql.query(`select 1 from holds where model = '' for update ${how}`);
  return rows.length > 0;
}

/**
 * Loads the lines of the models that have a rate.
 * @param person whose spending is of interest; null: nobody's
 */
export async function loadLines(
  sql: Statements,
  models: readonly Pick<Model, 'id' | 'rate'>[],
  person: string | null,
): Promise<LoadedLines> {
  const rated = models.filter(({ rate }) => rate).map(({ id }) => id);
  const longest = Math.max(0, ...models.map(({ rate }) => (rate?.seconds ?? 0) * 1000));
  const [found] = await sql.query<{
    now: number;
    holds: HoldRow[];
    tickets: TicketRow[];
    starts: { id: string; person: string; model: string; at: number; state: string }[];
    spent: Spending[];
    underWay: number;
  }>(
    `select now_ms() as now,
       (select coalesce(json_agg(h), '[]') from holds h where model = any($1)) as holds,
       (select coalesce(json_agg(t order by number), '[]') from tickets t where model = any($1)) as tickets,
       (select coalesce(json_agg(c), '[]') from (
         select id, person, model, at, state from charges
         where model = any($1) and at > now_ms() - $2 and state <> 'back') c) as starts,
       (select coalesce(json_agg(c order by c.at), '[]') from (
         select at, pictures from charges
         where person = $3 and at > now_ms() - ${dayMs} and state in ('booked', 'sent')) c) as spent,
       (select count(*)::int from charges c join servers s on s.id = c.server
         where c.person = $3 and c.is_open and s.seen_at > now_ms() - ${deadMs}) as "underWay"`,
    [rated, longest + 2 * bookingGoodMs, person],
  );
  if (!found) throw new Error('A query without a row.');
  const { now } = found;
  const lines = createLines({ models, now: () => now, isLasting: false });
  const memories = new Map(found.holds.map((hold) => [hold.model, memoryOf(hold)]));
  lines.restore(found.tickets.map(placeOf), memories);
  for (const { id, model, at, state, person: whose } of found.starts) {
    const sentBy = state === 'booked' ? at + bookingGoodMs : at;
    lines.queue(model)?.note(id, { person: whose, at: sentBy });
  }
  const before = new Map(
    found.tickets.map((row) => [row.name, JSON.stringify(ticketOf(placeOf(row)))]),
  );
  const holdsBefore = new Set(
    rated.map((model) => JSON.stringify(holdOf(model, memories.get(model)))),
  );

  function changes() {
    const tickets = lines.places().map(ticketOf);
    const names = new Set(tickets.map(({ name }) => name));
    return {
      gone: [...before.keys()].filter((name) => !names.has(name)),
      put: tickets.filter((row) => before.get(row.name) !== JSON.stringify(row)),
      holds: rated
        .map((model) => holdOf(model, lines.queue(model)?.memory()))
        .filter((hold) => !holdsBefore.has(JSON.stringify(hold))),
    };
  }

  return {
    lines,
    now,
    spent: found.spent,
    underWay: found.underWay,
    isChanged() {
      const { gone, put, holds } = changes();
      return gone.length + put.length + holds.length > 0;
    },
    async save(save) {
      const { gone, put, holds } = changes();
      if (gone.length + put.length + holds.length === 0) return;
      await save.query(
        `with gone as (delete from tickets where name = any($1)),
         put as (
           insert into tickets select * from jsonb_populate_recordset(null::tickets, $2)
           on conflict (name) do update set person = excluded.person, model = excluded.model,
             pictures = excluded.pictures, number = excluded.number, since = excluded.since,
             alive_until = excluded.alive_until, is_watched = excluded.is_watched,
             held_until = excluded.held_until, upload_until = excluded.upload_until,
             is_told = excluded.is_told
           returning visitor, held_until, is_told
         ), held as (
           insert into holds select * from jsonb_populate_recordset(null::holds, $3)
           on conflict (model) do update set paced_at = excluded.paced_at,
             blocked_until = excluded.blocked_until, last_number = excluded.last_number
         )
         select ${tell(`'v ' || visitor`)} from put
         where held_until is not null and not is_told and visitor <> ''`,
        [gone, JSON.stringify(put), JSON.stringify(holds)],
      );
    },
  };
}

function memoryOf({ paced_at, blocked_until, last_number }: HoldRow): QueueMemory {
  return { pacedAt: paced_at, blockedUntil: blocked_until, lastNumber: last_number };
}

function holdOf(model: string, memory: QueueMemory | undefined): HoldRow {
  const { pacedAt = null, blockedUntil = 0, lastNumber = 0 } = memory ?? {};
  return { model, paced_at: pacedAt, blocked_until: blockedUntil, last_number: lastNumber };
}

function placeOf(row: TicketRow): Place {
  return {
    ask: {
      person: row.person,
      visitor: row.visitor,
      key: row.key,
      model: row.model,
      pictures: row.pictures,
    },
    ticket: {
      person: row.person,
      number: row.number,
      aliveUntil: row.alive_until,
      isWatched: row.is_watched,
      heldUntil: row.held_until,
    },
    since: row.since,
    uploadUntil: row.upload_until,
    isTold: row.is_told,
  };
}

function ticketOf({ ask, ticket, since, uploadUntil, isTold }: Place): TicketRow {
  return {
    name: nameOf(ask),
    person: ask.person,
    visitor: ask.visitor,
    key: ask.key,
    model: ask.model,
    pictures: ask.pictures,
    number: ticket.number,
    since,
    alive_until: ticket.aliveUntil,
    is_watched: ticket.isWatched,
    held_until: ticket.heldUntil,
    upload_until: uploadUntil,
    is_told: isTold,
  };
}

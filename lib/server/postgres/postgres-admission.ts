import 'server-only';
import { randomUUID } from 'node:crypto';
import { ApiError } from '../../core/api-error';
import type { Model } from '../../core/models/model';
import { type BudgetLimits, budgetsOf, exceededBudget } from '../../core/sharing/budgets';
import { heldMs } from '../../core/sharing/fair-queue';
import type { Admission, BookedStart } from '../sharing/admission';
import {
  longestUploadMs,
  nameOf,
  type StartAsk,
  type TicketOwner,
  watchedMs,
} from '../sharing/lines';
import { budgetExceeded, ComeLater } from '../sharing/sharing-errors';
import { metrics } from '../usage/metrics';
import { type Database, type Statements, storeUnavailable } from './connection';
import { type Later, repeat } from './later';
import { bookingGoodMs, type LoadedLines, loadLines, lockLines } from './line-rows';
import { type Notices, topics } from './notices';

const callEveryMs = 1000;
const extendEveryMs = 5000;
// A statement that was on its way when its connection broke off may still be carried out for so long.
const lateMs = 11_000;

/** The same as `sharing/admission`, for all servers together: each decision is one transaction. */
export function createPostgresAdmission({
  database,
  notices,
  later,
  server,
  models,
  limits,
  elapsed = () => performance.now(),
}: {
  database: Database;
  notices: Notices;
  later: Later;
  server: string;
  models: readonly Pick<Model, 'id' | 'rate'>[];
  limits: BudgetLimits;
  elapsed?: () => number;
}): Admission & { end(): void } {
  const hasBudgets = Object.values(limits).some((limit) => limit !== undefined);
  const hasLines = models.some(({ rate }) => rate);
  const isRated = (model: string) => models.some(({ id, rate }) => id === model && rate);
  const extendedAt = new Map<string, number>();

  const budgets = (loaded: LoadedLines) => budgetsOf({ limits, ...loaded });

  function checkBudgets({ pictures }: StartAsk, loaded: LoadedLines): void {
    const exceeded = hasBudgets && exceededBudget({ limits, pictures, ...loaded });
    if (!exceeded) return;
    throw budgetExceeded({ exceeded, pictures, budgets: budgets(loaded), now: loaded.now });
  }

  /** Changes the lines in one transaction; what the change throws is thrown once it is saved. */
  async function change<T>(
    person: string | null,
    decide: (loaded: LoadedLines) => T,
    then: (sql: Statements) => Promise<void> = async () => {},
  ): Promise<T> {
    const outcome = await database.transaction(async (sql) => {
      await lockLines(sql);
      const loaded = await loadLines(sql, models, person);
      let result: { value: T } | { refusal: ComeLater };
      try {
        result = { value: decide(loaded) };
      } catch (error) {
        if (!(error instanceof ComeLater)) throw error;
        result = { refusal: error };
      }
      await loaded.save(sql);
      if ('value' in result) await then(sql);
      return result;
    });
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.value;
  }

  function enter(ask: StartAsk, loaded: LoadedLines): void {
    try {
      checkBudgets(ask, loaded);
    } catch (error) {
      loaded.lines.drop(ask);
      throw error;
    }
    loaded.lines.takeTurn(ask);
  }

  function booked(id: string, model: string, since: number): BookedStart {
    const set = (changes: string, only = 'true') =>
      later(() => database.query(`update charges set ${changes} where id = $1 and ${only}`, [id]));
    return {
      id,
      isGood: () => elapsed() - since < bookingGoodMs,
      // It may come later than what follows it, or twice.
      sent: () => set(`state = 'sent', at = now_ms()`, `state = 'booked'`),
      giveBack(reached) {
        if (reached && isRated(model)) set(`state = 'refused'`);
        else set(`state = 'back', is_open = false`);
      },
      refuse: (seconds) => {
        if (isRated(model)) later(() => change(null, ({ lines }) => lines.block(model, seconds)));
      },
    };
  }

  /** An answer was lost: nothing is sent, and what may be booked is given back. */
  function takeBack(id: string): void {
    const take = async () => {
      const text = `update charges set state = 'back', is_open = false where id = $1 returning 1`;
      return (await database.query(text, [id])).length > 0;
    };
    later(async () => {
      if (await take()) return;
      setTimeout(() => later(take), lateMs).unref();
    });
  }

  /** Calls whose turn has come. One server does, whichever comes first. */
  async function call(): Promise<void> {
    if (!database.isThere) return;
    const waiting = await database.query('select 1 from tickets limit 1');
    if (waiting.length === 0) return;
    await database.transaction(async (sql) => {
      if (!(await lockLines(sql, { isPatient: false }))) return;
      const loaded = await loadLines(sql, models, null);
      loaded.lines.call();
      await loaded.save(sql);
    });
  }
  const endCalling = hasLines ? repeat(callEveryMs, call) : () => {};

  const drop = async (owner: StartAsk | TicketOwner) => {
    if (hasLines) await change(null, ({ lines }) => lines.drop(owner));
  };

  return {
    async knock(ask) {
      if (isRated(ask.model)) await change(ask.person, (loaded) => enter(ask, loaded));
      else if (hasBudgets) checkBudgets(ask, await loadLines(database, models, ask.person));
    },
    async admit(ask, { work, isMine = () => true, also }) {
      if (!isMine()) throw storeUnavailable();
      const id = randomUUID();
      const since = elapsed();
      const { person, model, pictures, visitor, key } = ask;
      const book = async (sql: Statements) => {
        if (also && !(await also(sql))) throw storeUnavailable();
        await sql.query(
          `insert into charges (id, at, person, model, pictures, state, server, visitor, run)
           values ($1, now_ms(), $2, $3, $4, 'booked', $5, $6, $7)`,
          [id, person, model, pictures, server, visitor, key],
        );
      };
      let waitedMs: number | undefined;
      const decide = (loaded: LoadedLines) => {
        enter(ask, loaded);
        waitedMs = loaded.lines.start(ask, { id, sentBy: loaded.now + bookingGoodMs });
      };
      try {
        if (hasBudgets || isRated(model)) await change(person, decide, book);
        else await database.transaction(book);
      } catch (error) {
        if (!(error instanceof ComeLater)) takeBack(id);
        throw error;
      }
      if (waitedMs !== undefined) metrics().waited(model, waitedMs);
      const start = booked(id, model, since);
      work.onLeave(() => {
        later(() => database.query('update charges set is_open = false where id = $1', [id]));
      });
      return start;
    },
    async takeTicket(ask) {
      return change(ask.person, (loaded) => {
        checkBudgets(ask, loaded);
        return loaded.lines.takeTicket(ask);
      });
    },
    dropTicket: drop,
    letGo(ask, error) {
      const isWaiting = error instanceof ApiError && error.code === 'queue_wait';
      if (isRated(ask.model) && !isWaiting) later(() => drop(ask));
    },
    keepAlive(visitor) {
      if (!hasLines || !database.isThere) return;
      database
        .query(
          `update tickets set alive_until = now_ms() + ${watchedMs}
           where visitor = $1 and key is not null and alive_until < now_ms() + ${watchedMs - callEveryMs}`,
          [visitor],
        )
        .catch(() => {});
    },
    uploadMoves(owner) {
      if (!hasLines || !database.isThere) return;
      const name = nameOf(owner);
      const now = elapsed();
      if (now - (extendedAt.get(name) ?? Number.NEGATIVE_INFINITY) < extendEveryMs) return;
      for (const [other, at] of extendedAt) if (now - at > extendEveryMs) extendedAt.delete(other);
      extendedAt.set(name, now);
      database
        .query(
          `update tickets set upload_until = ends,
             held_until = greatest(held_until, least(now_ms() + ${heldMs}, ends))
           from (select name as own,
               coalesce(nullif(upload_until, 0), now_ms() + ${longestUploadMs}) as ends
             from tickets where name = $1) as upload
           where name = own and held_until is not null`,
          [name],
        )
        .catch(() => {});
    },
    async whenCalled(visitor, signal) {
      if (!hasLines)
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      const text =
        'select 1 from tickets where visitor = $1 and held_until is not null and not is_told limit 1';
      while (!signal.aborted) {
        const waiting = notices.wait(topics.visitor(visitor), signal);
        const called = await database.query(text, [visitor]).catch(() => []);
        if (called.length > 0) return;
        await waiting;
      }
    },
    async view(visitor, person) {
      if (!hasLines && !hasBudgets) return {};
      let loaded = await loadLines(database, models, person);
      let queue = hasLines ? loaded.lines.view(visitor, person) : undefined;
      if (queue && loaded.isChanged()) {
        // Somebody's turn has come, or this list tells of one.
        [loaded, queue] = await change(person, (again) => [
          again,
          again.lines.view(visitor, person),
        ]);
      }
      return { ...(queue && { queue }), ...(hasBudgets && { budgets: budgets(loaded) }) };
    },
    async gauges() {
      return hasLines ? (await loadLines(database, models, null)).lines.gauges() : [];
    },
    end: endCalling,
  };
}

import 'server-only';
import { chooseSwept } from '../runs/choose-swept';
import type { RunKey } from '../runs/run-store';
import type { Database, Statements } from './connection';
import { tell } from './notices';
import type { RunRow } from './run-rows';

const week = 7 * 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;
// The audit goes back so far.
const chargesMs = 90 * 24 * hour;
// A mark counts for a day and ten minutes (`access/known-sources`), a session for a week (`access/sessions`), by the
// clocks of the servers.
const marksMs = 25 * hour;
const signedOutMs = 8 * 24 * hour;

/** The row of a run; undefined: there is none. One that was forgotten has `gone_at`. */
export async function findRow(
  sql: Statements,
  { visitor, id }: RunKey,
): Promise<RunRow | undefined> {
  const values = [visitor, id];
  const [row] = await sql.query<RunRow>(
    'select * from runs where visitor = $1 and id = $2',
    values,
  );
  return row;
}

/** How often the runs of a visitor have changed, 1 or more, and how often at the last removal. */
export async function visitorVersion(
  sql: Statements,
  visitor: string,
): Promise<{ version: number; removed: number }> {
  const text = 'select version, removed from visitors where visitor = $1';
  const [found] = await sql.query<{ version: number; removed: number }>(text, [visitor]);
  return found ?? { version: 1, removed: 0 };
}

/** A visitor's runs that changed after a version, the newest first. */
export function listRows(
  sql: Statements,
  visitor: string,
  {
    known,
    after,
    endedAfter,
    limit,
  }: {
    known: number;
    after: { createdAt: number; id: string } | undefined;
    endedAfter: number;
    limit: number | undefined;
  },
): Promise<RunRow[]> {
  return sql.query<RunRow>(
    `select * from runs where visitor = $1 and gone_at is null and version > $2
       and (ended_at is null or ended_at >= $3)
       and ($4::bigint is null or (created_at, id collate "C") < ($4::bigint, $5::text))
     order by created_at desc, id collate "C" desc limit $6`,
    [visitor, known, endedAfter, after?.createdAt, after?.id, limit],
  );
}

/**
 * Up to so many bytes of an answer, from one on; empty where there is nothing, or nothing yet.
 * @throws RangeError for what is not a whole number
 */
export function readAnswer(
  database: Pick<Database, 'bytes'>,
  { no, offset, maxBytes }: { no: number; offset: number; maxBytes: number },
): Promise<Buffer> {
  const [run, at, most] = [no, offset, maxBytes].map(BigInt);
  return database.bytes(
    `select substring(data from (${at} - start + 1)::int for ${most}::int) from answers
     where run = ${run} and start <= ${at} order by start desc limit 1`,
  );
}

/** Somebody has read an answer to its end. */
export async function noteReadRow(sql: Statements, { visitor, id }: RunKey): Promise<void> {
  const text = 'update runs set is_read = true where visitor = $1 and id = $2 and not is_read';
  await sql.query(text, [visitor, id]);
}

/** Removes ended runs and their answers; their keys stay used up. */
async function forgetRows(sql: Statements, nos: readonly number[]): Promise<void> {
  if (nos.length === 0) return;
  await sql.query(
    `with chosen as (
       select visitor from runs where no = any($1) and gone_at is null and ended_at is not null
     ), bumped as (
       update visitors v set version = v.version + 1, removed = v.version + 1
       where v.visitor in (select visitor from chosen) returning v.visitor, v.version
     ), gone as (
       update runs r set gone_at = now_ms(), held = 0, lost = false, version = b.version from bumped b
       where r.no = any($1) and r.visitor = b.visitor and r.gone_at is null
         and r.ended_at is not null returning r.no, ${tell(`'v ' || r.visitor`)}
     )
     delete from answers where run in (select no from gone)`,
    [nos],
  );
}

/** Removes an ended run, if there is one. */
export async function forgetRow(database: Database, key: RunKey): Promise<void> {
  await database.transaction(async (sql) => {
    const row = await findRow(sql, key);
    if (row) await forgetRows(sql, [row.no]);
  });
}

/** Removes what is too old, once for all servers. */
export async function sweepRows(database: Database, maxAgeMs: number): Promise<void> {
  await database.transaction(async (sql) => {
    const [mine] = await sql.query<{ mine: boolean }>(
      'select pg_try_advisory_xact_lock(7430021) as mine',
    );
    if (!mine?.mine) return;
    const old = await sql.query<{ no: number }>(
      `select no from runs where gone_at is null and ended_at < now_ms() - $1 and not released
       limit 1000`,
      [maxAgeMs],
    );
    await forgetRows(
      sql,
      old.map(({ no }) => no),
    );
    // A run whose request never arrived whole has nothing to keep, and no key.
    await sql.query(
      `with chosen as (
         select visitor, no from runs where released and gone_at is null and ended_at < now_ms() - ${hour}
       ), bumped as (
         update visitors set version = version + 1, removed = version + 1
         where visitor in (select visitor from chosen) returning 1
       )
       delete from runs where no in (select no from chosen) and released
         and (select count(*) from bumped) >= 0`,
    );
    await sql.query('delete from runs where gone_at < now_ms() - $1', [week]);
    await sql.query('delete from charges where at < now_ms() - $1', [chargesMs]);
    await sql.query('delete from guesses where ends_at < now_ms()');
    await sql.query('delete from known_sources where abs(at - now_ms()) > $1', [marksMs]);
    await sql.query('delete from signed_out where since < now_ms() - $1', [signedOutMs]);
    await sql.query(
      `delete from servers s where seen_at < now_ms() - ${hour}
       and not exists (select 1 from runs r where r.owner = s.id and r.ended_at is null)`,
    );
  });
}

interface HeldRow {
  no: number;
  owner: string;
  diskBytes: number;
  endedAt: number | null;
  isRead: boolean;
}

/** Room for one answer. */
interface WantedRow {
  /** The person whose it is. */
  owner: string;
  /** How many bytes it may have. */
  bytes: number;
}

/**
 * Makes room for an answer, if that is needed and may be (`choose-swept`). To be called in the transaction that
 * takes it.
 * @returns whether there is room
 */
export async function makeRoom(
  sql: Statements,
  wanted: WantedRow,
  maxBytes: number,
): Promise<boolean> {
  // One at a time, or two would be given the same bytes. A crash may forget it: then nothing was sent either.
  await sql.query(
    `select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(7430022)`,
  );
  const chosen = await chooseRows(sql, wanted, maxBytes);
  if (chosen) await forgetRows(sql, chosen);
  return chosen !== undefined;
}

/** What all answers take, and whether there is room for another, or can be made. */
export async function roomState(
  sql: Statements,
  wanted: WantedRow,
  maxBytes: number,
): Promise<{ hasRoom: boolean; bytes: number; reservedBytes: number }> {
  const hasRoom = (await chooseRows(sql, wanted, maxBytes)) !== undefined;
  const [found] = await sql.query<{ bytes: number; held: number }>(
    `select coalesce(sum(bytes), 0)::bigint as bytes, coalesce(sum(held), 0)::bigint as held
     from runs where held > 0`,
  );
  return { hasRoom, bytes: found?.bytes ?? 0, reservedBytes: found?.held ?? 0 };
}

/** What has to go for an answer; undefined: there is no room. */
async function chooseRows(
  sql: Statements,
  { owner, bytes }: WantedRow,
  maxBytes: number,
): Promise<number[] | undefined> {
  const [found] = await sql.query<{ held: number }>(
    'select coalesce(sum(held), 0)::bigint as held from runs where held > 0',
  );
  const lacking = (found?.held ?? 0) + bytes - maxBytes;
  if (lacking <= 0) return [];
  const rows = await sql.query<HeldRow>(
    `select no, person as owner, held as "diskBytes", ended_at as "endedAt", is_read as "isRead"
     from runs where held > 0`,
  );
  const chosen = chooseSwept(rows, { bytes: lacking, owner, held: 0 });
  return chosen.length > 0 ? chosen.map(({ no }) => no) : undefined;
}

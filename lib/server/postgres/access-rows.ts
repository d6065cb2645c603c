import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Database, Statements } from './connection';
import type { Later } from './later';

const secretBytes = 32;
// What others have written may become visible in another order than it was numbered.
const mostAtOnce = 1000;
const lateMs = 60_000;

/** The ended sessions, and the marks of known sources, in the form in which `access/` keeps them in files. */
interface Kept {
  'signed-out': { before: number; named: { id: string; since: number }[] };
  'known-sources': [hash: string, at: number][];
  'old-cookies-since': number;
}

/** What the lock of all servers keeps (`access/access-files`), and what they have counted. */
export interface SharedAccess {
  secret: Buffer;
  read(name: string): unknown;
  write(name: string, value: unknown): Promise<void>;
  /** Calls with what other servers have written. */
  watch(name: string, call: (value: unknown) => void): void;
  /** Looks what other servers have written. */
  refresh(): Promise<void>;
}

/** Opens it; the first server makes the secret. @throws ApiError `store_unavailable` */
export async function openSharedAccess(database: Database, later: Later): Promise<SharedAccess> {
  await database.query(
    `insert into secrets (name, value) values ('cookies', $1) on conflict (name) do nothing`,
    [randomBytes(secretBytes)],
  );
  const [found] = await database.query<{ value: Buffer }>(
    `select value from secrets where name = 'cookies'`,
  );
  const watching = new Map<string, (value: unknown) => void>();
  const ended = new Map<string, number>();
  const marks = new Map<string, number>();
  let [before, lastNumber, lastNoted] = [0, 0, 0];
  let oldCookiesSince: number | undefined;

  async function load(): Promise<{
    named: Kept['signed-out']['named'];
    noted: Kept['known-sources'];
  }> {
    const named = await database.query<{ id: string; since: number; number: number }>(
      'select id, since, number from signed_out where number > $1 order by number',
      [lastNumber - mostAtOnce],
    );
    const known = await database.query<{ hash: string; at: number; noted: number }>(
      'select hash, at, noted_at as noted from known_sources where noted_at > $1 order by noted_at',
      [lastNoted - lateMs],
    );
    const facts = await database.query<{ name: string; value: number }>(
      'select name, value from facts',
    );
    const fact = (name: string) => facts.find((one) => one.name === name)?.value;
    before = Math.max(before, fact('signed-out-before') ?? 0);
    oldCookiesSince = fact('old-cookies-since');
    const freshNamed = named.filter(({ id }) => !ended.has(id));
    const noted = known.filter(({ hash, at }) => (marks.get(hash) ?? 0) < at);
    for (const { id, since, number } of named) {
      ended.set(id, since);
      lastNumber = Math.max(lastNumber, number);
    }
    for (const { hash, at, noted: notedAt } of known) {
      marks.set(hash, at);
      lastNoted = Math.max(lastNoted, notedAt);
    }
    return { named: freshNamed, noted: noted.map(({ hash, at }) => [hash, at]) };
  }

  async function writeEnded(value: Kept['signed-out']): Promise<void> {
    const fresh = value.named.filter(({ id }) => !ended.has(id));
    await database.query(
      `with dated as (
         insert into facts (name, value) values ('signed-out-before', to_jsonb($2::bigint))
         on conflict (name) do update set value = excluded.value
         where facts.value::bigint < excluded.value::bigint
       )
       insert into signed_out (id, since)
       select id, since from jsonb_to_recordset($1) as s(id text, since bigint) on conflict (id) do nothing`,
      [JSON.stringify(fresh), value.before],
    );
    for (const { id, since } of fresh) ended.set(id, since);
  }

  async function writeMarks(value: Kept['known-sources']): Promise<void> {
    const fresh = value.filter(([hash, at]) => (marks.get(hash) ?? 0) < at);
    await database.query(
      `insert into known_sources as k (hash, at, noted_at)
       select value->>0, (value->>1)::bigint, now_ms() from jsonb_array_elements($1) as s(value)
       on conflict (hash) do update set at = greatest(k.at, excluded.at), noted_at = now_ms()`,
      [JSON.stringify(fresh)],
    );
    for (const [hash, at] of fresh) marks.set(hash, at);
  }

  const writers: { [Name in keyof Kept]: (value: Kept[Name]) => Promise<void> } = {
    'signed-out': writeEnded,
    'known-sources': writeMarks,
    async 'old-cookies-since'(value) {
      await database.query(
        `insert into facts (name, value) values ('old-cookies-since', to_jsonb($1::bigint))
         on conflict (name) do nothing`,
        [value],
      );
    },
  };

  await load();
  return {
    secret: found?.value ?? Buffer.alloc(0),
    read(name) {
      const kept: Partial<Kept> = {
        'signed-out': { before, named: [...ended].map(([id, since]) => ({ id, since })) },
        'known-sources': [...marks],
        ...(oldCookiesSince !== undefined && { 'old-cookies-since': oldCookiesSince }),
      };
      return kept[name as keyof Kept];
    },
    async write(name, value) {
      const write = () => writers[name as keyof Kept](value as never);
      try {
        await write();
      } catch (error) {
        // Who has signed out is out everywhere as soon as that can be written down.
        void later(write);
        throw error;
      }
    },
    watch: (name, call) => void watching.set(name, call),
    async refresh() {
      const { named, noted } = await load();
      if (named.length > 0) watching.get('signed-out')?.({ before, named });
      if (noted.length > 0) watching.get('known-sources')?.(noted);
    },
  };
}

/** Counts that are forgotten together with their first, a minute after it. */
export interface SharedCounts {
  of(name: string): number;
  add(name: string): void;
  msLeft(name: string): number;
}

/**
 * Calls with the counts of these names, which nobody else changes meanwhile, and keeps what is added.
 * @param windowMs how long a count lasts
 * @throws ApiError `store_unavailable`; whatever `decide` throws, and then nothing is added
 */
export function withCounts<T>(
  database: Database,
  { names, windowMs }: { names: readonly string[]; windowMs: number },
  decide: (counts: SharedCounts) => T,
): Promise<T> {
  return database.transaction(async (sql: Statements) => {
    // In one order, so that nobody waits for one another.
    await sql.query(
      `select pg_advisory_xact_lock(hash) from (
         select distinct hashtextextended(name, 19) as hash from unnest($1::text[]) as n(name) order by 1
       ) as hashes`,
      [names],
    );
    const rows = await sql.query<{ name: string; count: number; left: number }>(
      `select name, count, ends_at - now_ms() as left from guesses
       where name = any($1) and ends_at > now_ms()`,
      [names],
    );
    const found = new Map(rows.map((row) => [row.name, row]));
    const added: string[] = [];
    const result = decide({
      of: (name) => found.get(name)?.count ?? 0,
      add: (name) => void added.push(name),
      msLeft: (name) => found.get(name)?.left ?? 0,
    });
    if (added.length > 0) {
      await sql.query(
        `insert into guesses as g (name, count, ends_at)
         select name, 1, now_ms() + $2 from unnest($1::text[]) as n(name)
         on conflict (name) do update set
           count = case when g.ends_at > now_ms() then g.count + 1 else 1 end,
           ends_at = case when g.ends_at > now_ms() then g.ends_at else excluded.ends_at end`,
        [added, windowMs],
      );
    }
    return result;
  });
}

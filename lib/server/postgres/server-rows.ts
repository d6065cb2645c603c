import 'server-only';
import type { Statements } from './connection';

// Which servers live, by the database's clock.

/** A server whose last beat is older is dead. */
export const deadMs = 15_000;
/** Between two beats; with three of them missing, its beats were broken. */
export const beatMs = 2000;

/** Only whose own beats came for as long as makes others dead may say so: an outage kills nobody. */
export const mayJudge = (server: string) => `exists (
  select 1 from servers me where me.id = ${server} and me.seen_at > now_ms() - ${3 * beatMs}
  and me.seen_at - me.beats_since >= ${deadMs})`;
export const isDead = (server: string) => `not exists (
  select 1 from servers s where s.id = ${server} and s.seen_at > now_ms() - ${deadMs})`;

/** Notes that a server lives. A gap begins its beats anew. */
export async function beat(sql: Statements, server: string): Promise<void> {
  await sql.query(
    `insert into servers as s (id, seen_at, beats_since) values ($1, now_ms(), now_ms())
     on conflict (id) do update set
       beats_since = case when now_ms() - s.seen_at > ${3 * beatMs} then now_ms() else s.beats_since end,
       seen_at = now_ms()`,
    [server],
  );
}

import 'server-only';
import type { Run } from '../../core/runs/run';
import type { Statements } from './connection';
import { type Fence, isOpen, live, type RunRow, wakes } from './run-rows';
import { isDead, mayJudge } from './server-rows';

/**
 * Ends the runs of dead servers: uploads free their keys; what was sent may have been charged.
 * @returns how many; 0 also where this server's own beats were broken
 */
export async function reapRows(
  sql: Statements,
  server: string,
  words: { upload: Run['error']; sent: Run['error'] },
): Promise<number> {
  const rows = await sql.query(
    `with dead as (
       select r.visitor, r.id from runs r where r.state in ${live} and ${isDead('r.owner')}
       and ${mayJudge('$1')} and pg_try_advisory_xact_lock(7430020)
     ), bumped as (
       update visitors v set version = v.version + 1
       where v.visitor in (select visitor from dead) returning v.visitor, v.version
     )
     update runs r set
       released = r.state = 'uploading', lost = r.state <> 'uploading', state = 'interrupted',
       error = case when r.state = 'uploading' then $2::jsonb else $3::jsonb end,
       ended_at = now_ms(), held = r.bytes, version = b.version
     from dead d, bumped b
     where r.visitor = d.visitor and r.id = d.id and b.visitor = r.visitor
       and r.state in ${live} and ${isDead('r.owner')}
     returning ${wakes}`,
    [server, JSON.stringify(words.upload), JSON.stringify(words.sent)],
  );
  return rows.length;
}

/**
 * Which runs of a server others have ended, taken over or removed.
 * @returns their generations, and how they stand; null: there is none any more
 */
export async function lostRows(
  sql: Statements,
  own: readonly Fence[],
): Promise<{ mine: number; row: RunRow | null }[]> {
  if (own.length === 0) return [];
  const rows = await sql.query<RunRow & { mine: number }>(
    `select o.generation as mine, r.* from jsonb_to_recordset($1)
       as o(visitor text, id text, owner text, generation bigint)
     left join runs r on r.visitor = o.visitor and r.id = o.id
     where r.id is null or r.owner <> o.owner or r.generation <> o.generation or not ${isOpen}`,
    [JSON.stringify(own)],
  );
  return rows.map(({ mine, ...row }) => ({ mine, row: row.id === null ? null : row }));
}

/** The uploads that move: a silent one may be taken over. @param own with ms since more of each has come */
export async function hearRows(
  sql: Statements,
  own: readonly (Fence & { silent: number })[],
): Promise<void> {
  if (own.length === 0) return;
  await sql.query(
    `update runs r set heard_at = greatest(r.heard_at, now_ms() - o.silent)
     from jsonb_to_recordset($1) as o(visitor text, id text, owner text, generation bigint, silent bigint)
     where r.visitor = o.visitor and r.id = o.id and r.owner = o.owner and r.generation = o.generation
       and r.state = 'uploading'
     returning set_config('synchronous_commit', 'off', true)`,
    [JSON.stringify(own)],
  );
}

import 'server-only';
import type { EndpointName } from '../../core/models/model';
import { hasEnded, type Run } from '../../core/runs/run';
import type { AnswerHead, RunEnd, RunKey } from '../runs/run-store';
import type { Statements } from './connection';
import { tell } from './notices';
import { isDead, mayJudge } from './server-rows';

// The steps of a run as statements. Each change of a run counts its visitor's version up, and does so before
// it touches the run: so versions of one visitor become visible in their order, and nobody waits for
// one another. What a server may change in its run it says by owner, generation and state: no row, no right.

/** An upload that has not moved for so long may be taken over. */
const silentMs = 20_000;

/** A run as it is stored. Times are in ms since 1970, by the database's clock. */
export interface RunRow {
  visitor: string;
  id: string;
  /** Names its answer. */
  no: number;
  owner: string;
  generation: number;
  person: string;
  endpoint: EndpointName;
  model: string | null;
  state: Run['state'];
  status: number | null;
  headers: Record<string, string>;
  fingerprint: string | null;
  error: Run['error'];
  created_at: number;
  first_byte_at: number | null;
  ended_at: number | null;
  received_bytes: number;
  bytes: number;
  held: number;
  /** CRC-32 of a whole answer; null: not known. */
  checksum: number | null;
  is_read: boolean;
  released: boolean;
  lost: boolean;
  gone_at: number | null;
  version: number;
}

/** What a server that carries a run out shows at each change. */
export interface Fence extends RunKey {
  owner: string;
  generation: number;
}

/** The states of a run under way, as SQL. */
export const live = `('uploading', 'waiting', 'answering')`;
const isMine = `r.visitor = $1 and r.id = $2 and r.owner = $3 and r.generation = $4`;
/** It may still come to an end: under way, or given up although its server was only stuck. */
export const isOpen = `(r.state in ${live} or (r.state = 'interrupted' and r.lost))`;
/** Whether a server may still change a run, as `isMine` and `isOpen` say it. */
export const isOpenTo = (row: RunRow, { owner, generation }: Fence) =>
  row.owner === owner && row.generation === generation && (row.lost || !hasEnded(row));
const fence = ({ visitor, id, owner, generation }: Fence) => [visitor, id, owner, generation];
const bumped = `bumped as (
  insert into visitors as v (visitor) values ($1)
  on conflict (visitor) do update set version = v.version + 1 returning version
)`;
/** Tells all servers of a changed row `r`. */
export const wakes = `${tell(`'v ' || r.visitor`)}, ${tell(`'r ' || r.visitor || '/' || r.id`)}`;

/** Its key is free, or its upload is silent, or that of a server that is dead; for the server `$3`. */
const isTakeable = `r.gone_at is null and (r.released or (r.state = 'uploading' and ${mayJudge('$3')}
  and (r.heard_at <= now_ms() - ${silentMs} or ${isDead('r.owner')})))`;

/**
 * Makes a run, or takes over one whose key is free, or whose upload has fallen silent.
 * @returns its row; undefined: the key is another's, or used up
 */
export async function claimRow(
  sql: Statements,
  { visitor, id }: RunKey,
  { server, person, endpoint }: { server: string; person: string; endpoint: EndpointName },
): Promise<RunRow | undefined> {
  const [row] = await sql.query<RunRow>(
    // Who only attaches to a run changes nothing. Before its first run a visitor is at version 1.
    `with bumped as (
       insert into visitors as v (visitor, version) select $1::text, 2 where not exists (
         select 1 from runs r where r.visitor = $1 and r.id = $2 and not (${isTakeable}))
       on conflict (visitor) do update set version = v.version + 1 returning version
     )
     insert into runs as r
       (visitor, id, owner, person, endpoint, state, created_at, heard_at, version)
     select $1, $2, $3, $4, $5, 'uploading', now_ms(), now_ms(), version from bumped
     on conflict (visitor, id) do update set
       owner = excluded.owner, generation = excluded.generation, person = excluded.person,
       endpoint = excluded.endpoint, state = 'uploading', created_at = excluded.created_at,
       heard_at = excluded.heard_at, version = excluded.version, model = null, status = null,
       headers = '{}', fingerprint = null, error = null, first_byte_at = null, ended_at = null,
       received_bytes = 0, bytes = 0, held = 0, checksum = null, is_read = false, released = false,
       lost = false
     where ${isTakeable}
     returning r.*, ${wakes}`,
    [visitor, id, server, person, endpoint],
  );
  return row;
}

/** Whether a server may take a run over that another one receives. */
export async function mayTakeOver(sql: Statements, key: RunKey, server: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from runs r where visitor = $1 and id = $2 and ${isTakeable}`,
    [key.visitor, key.id, server],
  );
  return rows.length > 0;
}

/**
 * What has become of a run that arrives, while its request does. A crash of the database may forget it, until the
 * commit that follows.
 * @param mostHeld only if all answers together take no more
 * @returns whether it is still mine
 */
export async function describeRow(
  sql: Statements,
  own: Fence,
  {
    model,
    fingerprint,
    held,
    mostHeld = Number.MAX_SAFE_INTEGER,
  }: { model: string; fingerprint: string; held: number; mostHeld?: number },
): Promise<boolean> {
  const rows = await sql.query(
    `with ${bumped}
     update runs r set model = $5, fingerprint = $6, held = $7, version = bumped.version from bumped
     where ${isMine} and r.state = 'uploading'
       and (select coalesce(sum(held), 0) from runs where held > 0) <= $8
     returning set_config('synchronous_commit', 'off', true), ${wakes}`,
    [...fence(own), model, fingerprint, held, mostHeld],
  );
  return rows.length > 0;
}

/**
 * The request may go: nobody can take the run over any more. One that did not go within the time of its booking
 * is committed anew. @returns whether it was still mine
 */
export async function commitRow(sql: Statements, own: Fence): Promise<boolean> {
  const rows = await sql.query(
    `with ${bumped}
     update runs r set state = 'waiting', version = bumped.version from bumped
     where ${isMine} and r.state in ('uploading', 'waiting') returning ${wakes}`,
    fence(own),
  );
  return rows.length > 0;
}

/** What changes while a run is under way. */
export interface RunPatch {
  receivedBytes?: number;
  head?: AnswerHead;
}

/**
 * Notes changes of a run under way and adds to its answer, in one step. A crash of the database may lose it,
 * until something that must not be lost is written afterwards.
 * @param data goes to `start`, if so much is there already
 * @param isNews counts as a change in the visitor's list
 * @param isTold wakes who reads the answer
 * @returns whether it is still mine, and its answer had ended at `start`
 */
export async function addToRow(
  sql: Statements,
  own: Fence,
  {
    patch: { receivedBytes, head },
    start,
    data,
    isNews,
    isTold,
  }: {
    patch: RunPatch;
    start: number;
    data: Uint8Array | undefined;
    isNews: boolean;
    isTold: boolean;
  },
): Promise<boolean> {
  const told = isNews ? wakes : isTold ? tell(`'r ' || r.visitor || '/' || r.id`) : 'null';
  const rows = await sql.query(
    `with ${isNews ? bumped : 'bumped as (select 0)'},
     changed as (
       update runs r set
         bytes = $5::bigint + $6::int, held = greatest(r.held, $5::bigint + $6::int),
         received_bytes = coalesce($7, r.received_bytes),
         status = coalesce($8, r.status), headers = coalesce($9, r.headers),
         first_byte_at = case when $8::int is null then r.first_byte_at else now_ms() end,
         state = case when $8::int is null or r.lost then r.state else 'answering' end
         ${isNews ? ', version = bumped.version' : ''}
       from bumped
       where ${isMine} and ${isOpen} and r.bytes = $5::bigint
       returning r.no, ${told}
     ), added as (
       insert into answers (run, start, data)
       select no, $5::bigint, $10::bytea from changed where $6::int > 0 returning 1
     )
     select no, set_config('synchronous_commit', 'off', true), (select count(*) from added) from changed`,
    [
      ...fence(own),
      start,
      data?.length ?? 0,
      receivedBytes,
      head?.status,
      head && JSON.stringify(head.headers),
      data,
    ],
  );
  return rows.length > 0;
}

/** Ends a run; the first end counts, and a server that was only stuck ends its own. */
export async function endRow(
  sql: Statements,
  own: Fence,
  { state, error, checksum, bytes }: RunEnd & { checksum: number | undefined; bytes: number },
): Promise<RunRow | undefined> {
  const [row] = await sql.query<RunRow>(
    `with ${bumped}
     update runs r set state = $5, error = $6, checksum = $7, ended_at = now_ms(), held = r.bytes,
       lost = false, version = bumped.version
     from bumped where ${isMine} and ${isOpen} and r.bytes = $8 returning r.*, ${wakes}`,
    [...fence(own), state, error && JSON.stringify(error), checksum, bytes],
  );
  return row;
}

/** Ends a run under way, from any server; what has arrived stays. */
export async function cancelRow(
  sql: Statements,
  { visitor, id }: RunKey,
): Promise<RunRow | undefined> {
  const [row] = await sql.query<RunRow>(
    `with ${bumped}
     update runs r set state = 'cancelled', ended_at = now_ms(), held = r.bytes, version = bumped.version
     from bumped where r.visitor = $1 and r.id = $2 and r.state in ${live} returning r.*, ${wakes}`,
    [visitor, id],
  );
  return row;
}

/** Frees the key of a run of which nothing was sent. @param error null: it leaves the list */
export async function releaseRow(sql: Statements, own: Fence, error: Run['error']): Promise<void> {
  await sql.query(
    error === null
      ? `with bumped as (update visitors set version = version + 1, removed = version + 1
           where visitor = $1 returning 1)
         delete from runs r using bumped where ${isMine} and r.state in ${live}
         returning ${wakes}`
      : `with ${bumped}
         update runs r set state = 'interrupted', released = true, error = $5, ended_at = now_ms(),
           held = 0, version = bumped.version
         from bumped where ${isMine} and r.state in ${live} returning ${wakes}`,
    error === null ? fence(own) : [...fence(own), JSON.stringify(error)],
  );
}

import 'server-only';
import { SettingsError } from '../settings-error';
import type { Database } from './connection';

// Each only adds, so that the version before goes on working beside this one, and after a step back. One that has to
// take something away comes a version after the last that needs it, and raises `leastVersion` to that number.
// `now_ms` is the one clock, in ms since 1970: servers' clocks differ. Tests set it.
const migrations: readonly string[] = [
  `
  create function now_ms() returns bigint language sql volatile
    as $$ select floor(extract(epoch from clock_timestamp()) * 1000)::bigint $$;

  create table servers (
    id text primary key,
    seen_at bigint not null,
    beats_since bigint not null
  );
  create table visitors (
    visitor text primary key,
    version bigint not null default 1,
    removed bigint not null default 0
  );
  -- Never given twice, also where a run was removed in between.
  create sequence generations;
  create table runs (
    visitor text not null,
    id text not null,
    no bigint generated always as identity unique,
    owner text not null,
    generation bigint not null default nextval('generations'),
    person text not null,
    endpoint text not null,
    model text,
    state text not null,
    status int,
    headers jsonb not null default '{}',
    fingerprint text,
    error jsonb,
    created_at bigint not null,
    heard_at bigint not null,
    first_byte_at bigint,
    ended_at bigint,
    received_bytes bigint not null default 0,
    bytes bigint not null default 0,
    held bigint not null default 0,
    checksum bigint,
    is_read boolean not null default false,
    released boolean not null default false,
    lost boolean not null default false,
    gone_at bigint,
    version bigint not null,
    primary key (visitor, id)
  );
  create index runs_under_way on runs (owner) where state in ('uploading', 'waiting', 'answering');
  create index runs_listed on runs (visitor, created_at desc, id desc) where gone_at is null;
  create index runs_held on runs (held) where held > 0;
  create index runs_ended on runs (ended_at) where gone_at is null;
  create index runs_gone on runs (gone_at) where gone_at is not null;

  create table answers (
    run bigint not null,
    start bigint not null,
    data bytea not null,
    primary key (run, start)
  );
  alter table answers alter column data set storage external;

  create table charges (
    id uuid primary key,
    at bigint not null,
    person text not null,
    model text not null,
    pictures int not null,
    state text not null,
    server text not null,
    is_open boolean not null default true,
    visitor text not null,
    run text
  );
  create index charges_person on charges (person, at);
  create index charges_model on charges (model, at);
  create index charges_open on charges (person) where is_open;
  create index charges_at on charges (at);

  create table holds (
    model text primary key,
    paced_at bigint,
    blocked_until bigint not null default 0,
    last_number bigint not null default 0
  );
  insert into holds (model) values ('');
  create table tickets (
    name text primary key,
    person text not null,
    visitor text not null,
    key text,
    model text not null,
    pictures int not null,
    number bigint not null,
    since bigint not null,
    alive_until bigint not null,
    is_watched boolean not null,
    held_until bigint,
    upload_until bigint not null,
    is_told boolean not null
  );
  create index tickets_visitor on tickets (visitor);

  create table secrets (name text primary key, value bytea not null);
  create table signed_out (
    id text primary key,
    since bigint not null,
    number bigint generated always as identity
  );
  create table guesses (name text primary key, count int not null, ends_at bigint not null);
  create table known_sources (hash text primary key, at bigint not null, noted_at bigint not null);
  create index known_sources_noted on known_sources (noted_at);
  create table facts (name text primary key, value jsonb not null);
  `,
  // The audit. `npm run usage` reads it.
  `
  alter table charges
    add column who text,
    add column known_by text,
    add column endpoint text,
    add column outcome text,
    add column returned int,
    add column code text,
    add column ended_at bigint;
  `,
];

/** A server that knows fewer of the migrations can't work on these tables. */
const leastVersion = 1;
const lockNumber = 7_430_019;

/**
 * Brings the tables up to this version, one server at a time. Those of a later version are left as they are, as
 * long as that has only added to them.
 * @throws SettingsError they have lost what this version needs; ApiError `store_unavailable`
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [lockNumber]);
    await sql.query('create table if not exists schema (version int primary key)');
    await sql.query('alter table schema add column if not exists least int not null default 1');
    const [found] = await sql.query<{ version: number; least: number }>(
      'select coalesce(max(version), 0) as version, coalesce(max(least), 0) as least from schema',
    );
    if (found && found.least > migrations.length) {
      throw new SettingsError(
        'DATABASE_URL',
        `names a database whose tables a later version has changed (to ${found.version}; they can be used from ` +
          `${found.least} on, and this version knows ${migrations.length}). Start a later version, or name a database ` +
          'of its own for this one.',
      );
    }
    for (const [index, text] of migrations.entries()) {
      if (index < (found?.version ?? 0)) continue;
      await sql.query(text);
      await sql.query('insert into schema (version, least) values ($1, $2)', [
        index + 1,
        leastVersion,
      ]);
    }
  });
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../config';
import { type Database, openDatabase } from './connection';
import { isPostgresOpen, startPostgres } from './open-postgres';
import { newDatabase } from './postgres.setup';

let databaseUrl: string;
let database: Database;
let dataDir: string;
beforeEach(async () => {
  databaseUrl = await newDatabase();
  database = openDatabase(databaseUrl);
  dataDir = mkdtempSync(join(tmpdir(), 'server-'));
});
afterEach(async () => {
  await database.end();
  rmSync(dataDir, { recursive: true });
});

const start = (onWrong: (error: unknown) => void) =>
  startPostgres({ ...readConfig({ DATA_DIR: dataDir }), databaseUrl }, onWrong);

it('a start says so where the folder of its answers cannot be made', async () => {
  writeFileSync(join(dataDir, 'waiting'), '');
  const wrong = await new Promise<unknown>(start);
  expect(`${wrong}`).toMatch(/DATA_DIR must be a directory .+ Example:/);
});

it('a start that fails halfway is tried again, and leaves no connection behind', async () => {
  await database.query('create sequence tries');
  await database.query(
    `create function refuse() returns trigger language plpgsql as
     $$ begin perform nextval('tries'); raise 'refused'; end $$`,
  );
  await database.query('create trigger refuse before insert on servers execute function refuse()');
  start(() => {});
  const tries = async () =>
    (await database.query<{ count: number }>('select last_value as count from tries'))[0]?.count;
  await expect.poll(tries).toBeGreaterThan(1);
  await database.query('drop trigger refuse on servers');
  await expect.poll(isPostgresOpen).toBe(true);
  const listening = `select 1 from pg_stat_activity
    where datname = current_database() and query = 'listen playground'`;
  await expect.poll(async () => (await database.query(listening)).length).toBe(1);
});

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Model } from '../../core/models/model';
import type { BudgetLimits } from '../../core/sharing/budgets';
import { type Database, openDatabase } from './connection';
import { createLater } from './later';
import { migrate } from './migrations';
import { openNotices } from './notices';
import { createPostgresAdmission } from './postgres-admission';
import { openPostgresStore, prepareStore } from './postgres-store';

/** Makes a database with the tables of this version. @returns its URL */
export async function newDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: inject('postgres') });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(inject('postgres'));
  url.pathname = name;
  const database = openDatabase(url.href);
  await migrate(database);
  await database.end();
  return url.href;
}

/** One server over a database, without its HTTP side. */
export async function openServer(
  url: string,
  {
    models = [],
    limits = {},
    maxBytes = 1024 ** 3,
  }: {
    models?: Pick<Model, 'id' | 'rate'>[];
    limits?: BudgetLimits;
    maxBytes?: number;
  } = {},
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'server-'));
  const database: Database = openDatabase(url);
  const notices = openNotices(database);
  let isOver = false;
  const later = createLater(() => isOver);
  const server = randomUUID();
  const parts = { database, notices, later, server };
  const admission = createPostgresAdmission({ ...parts, models, limits });
  const maxAgeMs = 24 * 60 * 60 * 1000;
  await prepareStore({ ...parts, dataDir });
  const store = openPostgresStore({ ...parts, dataDir, maxBytes, maxAgeMs, admission });
  return {
    ...parts,
    dataDir,
    admission,
    store,
    async close() {
      isOver = true;
      store.end();
      admission.end();
      await notices.end();
      await database.end();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 9, retryDelay: 20 });
    },
  };
}

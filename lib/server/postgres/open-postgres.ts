import 'server-only';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config';
import { log } from '../log';
import type { RunStore } from '../runs/run-store';
import { SettingsError } from '../settings-error';
import type { Admission } from '../sharing/admission';
import { outsideRequests, singleton } from '../singleton';
import { openSharedAccess, type SharedAccess } from './access-rows';
import { checkDatabase } from './checks';
import { type Database, openDatabase, storeUnavailable } from './connection';
import { createLater, type Later, repeat } from './later';
import { migrate } from './migrations';
import { openNotices } from './notices';
import { createPostgresAdmission } from './postgres-admission';
import { openPostgresStore, prepareStore } from './postgres-store';

const againMs = 1000;
const sweepEveryMs = 10 * 60 * 1000;

/** Everything that servers of one database share. */
export interface Postgres {
  database: Database;
  store: RunStore;
  admission: Admission;
  access: SharedAccess;
  later: Later;
}

const opened = () => singleton('postgres', () => ({}) as { all?: Postgres });

/** Whether the database has answered once. */
export function isPostgresOpen(): boolean {
  return opened().all !== undefined;
}

/** That of this process. @throws ApiError `store_unavailable` until the database has answered once */
export function getPostgres(): Postgres {
  const { all } = opened();
  if (all) return all;
  throw storeUnavailable();
}

/**
 * Connects to the database of the settings, for as long as it takes.
 * @param onWrong is called where it is of no use, with a SettingsError
 */
export function startPostgres(
  config: Config & { databaseUrl: string },
  onWrong: (error: unknown) => void,
): void {
  outsideRequests(async () => {
    const database = openDatabase(config.databaseUrl);
    const server = randomUUID();
    for (let tries = 0; ; tries++) {
      try {
        await checkDatabase(database);
        await migrate(database);
        opened().all = await open(database, server, config);
        log().info({ host: hostOf(config.databaseUrl) }, 'runs are kept in the database');
        return;
      } catch (error) {
        if (error instanceof SettingsError) return onWrong(error);
        const { code } = error as { code?: unknown };
        if (tries === 0) log().warn({ code }, 'waiting for the database');
        await pause(againMs);
      }
    }
  });
}

async function open(database: Database, server: string, config: Config): Promise<Postgres> {
  const { models, gateway, budgets: limits, spoolMaxBytes, spoolMaxAgeMs } = config;
  const dataDir = resolve(/*turbopackIgnore: true*/ config.dataDir);
  const later = createLater(() => false);
  // What fails is tried again from the beginning. What comes after these two goes on by itself, and cannot fail.
  const access = await openSharedAccess(database, later);
  await prepareStore({ database, server, dataDir });
  const parts = { database, notices: openNotices(database), later, server };
  const admission = createPostgresAdmission({
    ...parts,
    // The rates are the gateway's; the demo gateway has none.
    models: gateway.mode === 'gateway' ? models : [],
    limits,
  });
  const store = openPostgresStore({
    ...parts,
    dataDir,
    maxBytes: spoolMaxBytes,
    maxAgeMs: spoolMaxAgeMs,
    admission,
    onBeat: access.refresh,
  });
  repeat(sweepEveryMs, store.sweep, () => log().error('sweeping failed'));
  return { database, store, admission, access, later };
}

/** Of the URL only the host: it may hold a password. */
function hostOf(url: string): string {
  return new URL(url).host;
}

import 'server-only';
import { randomUUID } from 'node:crypto';
import { SettingsError } from '../settings-error';
import type { Database } from './connection';

const leastVersion = 150_000;
const noticeMs = 5000;

/**
 * Checks that the database keeps what it acknowledges, and passes notices on.
 * @throws SettingsError a sentence; ApiError or the network's error where it cannot be reached
 */
export async function checkDatabase(database: Database): Promise<void> {
  await checkAccess(database);
  const [found] = await database.query<{ version: number; fsync: string; replica: boolean }>(
    `select current_setting('server_version_num')::int as version,
            current_setting('fsync') as fsync, pg_is_in_recovery() as replica`,
  );
  const { version = 0, fsync, replica } = found ?? {};
  if (version < leastVersion) {
    const has = `${Math.floor(version / 10_000)}.${version % 10_000}`;
    throw wrong(`is a PostgreSQL ${has}, but 15 or later is needed.`);
  }
  if (fsync !== 'on') {
    throw wrong(
      'is a database with fsync off, which loses bookings in a power cut, so that requests could be ' +
        'paid for twice. Set fsync = on there.',
    );
  }
  if (replica) throw wrong('is a standby that cannot be written to; name the primary.');
  await checkNotices(database);
}

/** Whether it lets this server in. Waiting would be of no use. */
async function checkAccess(database: Database): Promise<void> {
  try {
    await (await database.connect()).end();
  } catch (error) {
    const { code } = error as { code?: unknown };
    const isRefusal = typeof code === 'string' && /^(28|3D)/.test(code);
    if (isRefusal) throw wrong(`is refused by its database (SQLSTATE ${code}).`);
    throw error;
  }
}

async function checkNotices(database: Database): Promise<void> {
  const listener = await database.connect();
  const word = randomUUID();
  let timer: NodeJS.Timeout | undefined;
  try {
    const heard = new Promise<boolean>((resolve) => {
      listener.on('notification', ({ payload }) => payload === word && resolve(true));
      timer = setTimeout(() => resolve(false), noticeMs);
    });
    await listener.query('listen playground_check');
    await database.query(`select pg_notify('playground_check', $1)`, [word]);
    if (await heard) return;
  } finally {
    clearTimeout(timer);
    await listener.end().catch(() => {});
  }
  throw wrong(
    'leads to a connection pool that loses notices (LISTEN), as pgbouncer does with ' +
      'pool_mode = transaction. Name the database itself, or a pool with pool_mode = session.',
  );
}

function wrong(words: string): SettingsError {
  return new SettingsError('DATABASE_URL', words);
}

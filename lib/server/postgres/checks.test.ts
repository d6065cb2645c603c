import { connect, createServer } from 'node:net';
import { expect, inject, it } from 'vitest';
import { freePort } from '../../../e2e/app-server';
import { startPostgres } from '../../../e2e/postgres/start-postgres';
import { checkDatabase } from './checks';
import { openDatabase } from './connection';
import { migrate } from './migrations';
import { newDatabase } from './postgres.setup';

const check = async (url: string) => {
  const database = openDatabase(url);
  return checkDatabase(database)
    .then(
      () => 'sound',
      (error: Error) => error.message,
    )
    .finally(() => database.end());
};

it('takes a database that keeps what it acknowledges, and passes notices on', async () => {
  expect(await check(inject('postgres'))).toBe('sound');
});

it('refuses one that may forget a booking in a power cut', async () => {
  const server = await startPostgres(['fsync=off']);
  expect(await check(await server.database())).toMatch(/^DATABASE_URL .*fsync off/);
  await server.close();
});

it('refuses a pool in between that loses notices', async () => {
  const { hostname, port } = new URL(inject('postgres'));
  // Passes everything on but NotificationResponse.
  const pool = createServer((client) => {
    const backend = connect(Number(port), hostname);
    let rest = Buffer.alloc(0);
    backend.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
        const message = rest.subarray(0, 1 + rest.readInt32BE(1));
        rest = rest.subarray(message.length);
        if (message[0] !== 'A'.charCodeAt(0)) client.write(message);
      }
    });
    client.pipe(backend);
    for (const socket of [client, backend]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        backend.destroy();
      });
    }
  });
  const own = await freePort();
  await new Promise<void>((resolve) => pool.listen(own, '127.0.0.1', resolve));
  const url = new URL(inject('postgres'));
  url.port = String(own);
  expect(await check(url.href)).toMatch(/^DATABASE_URL .*LISTEN.*pgbouncer/);
  pool.close();
});

it('makes its tables once, however many servers start at once, and leaves those of a later version', async () => {
  const url = await newDatabase();
  const database = openDatabase(url);
  await database.query('insert into schema (version) values (99)');
  await Promise.all([migrate(database), migrate(database), migrate(database)]);
  const rows = await database.query('select version from schema order by version');
  expect(rows).toEqual([{ version: 1 }, { version: 2 }, { version: 99 }]);
  await database.end();
});

it('runs on tables to which a later version has added, and refuses those that have lost something', async () => {
  const url = await newDatabase();
  const database = openDatabase(url);
  const [own] = await database.query<{ version: number }>(
    'select max(version) as version from schema',
  );
  const { version = 0 } = own ?? {};
  const add = 'insert into schema (version, least) values ($1, $2)';
  await database.query('alter table runs add column note text');
  await database.query(add, [version + 1, version]);
  await migrate(database);
  await database.query('alter table runs drop column heard_at');
  await database.query(add, [version + 2, version + 1]);
  const words = `later version has changed \\(to ${version + 2};.*from ${version + 1} on.*knows ${version}\\)`;
  await expect(migrate(database)).rejects.toThrow(new RegExp(`^DATABASE_URL .*${words}`));
  await database.end();
});

import { randomUUID } from 'node:crypto';
import { readdirSync, truncateSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../../../e2e/app-server';
import { inFlight } from '../in-flight';
import { about, bytes, facts, head, readAll } from '../runs/store-bench.setup';
import { bringInLeft } from './left-answers';
import { newDatabase, openServer } from './postgres.setup';

// A server loses its database at the end of an answer, and is gone before that is back.

type Server = Awaited<ReturnType<typeof openServer>>;
let [a, b]: [Server?, Server?] = [];
let line: Awaited<ReturnType<typeof openLine>>;
beforeEach(async () => {
  const url = await newDatabase();
  line = await openLine(url);
  [a, b] = [await openServer(line.url), await openServer(url)];
});
afterEach(async () => {
  line.isCut = false;
  for (const server of [a, b]) await server?.close();
  line.close();
});

/** The way to a database, which can be cut. */
async function openLine(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const proxy = createServer((client) => {
    if (isCut) return client.destroy();
    const database = connect(Number(target.port), target.hostname);
    client.pipe(database).pipe(client);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        database.destroy();
      });
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  const own = new URL(url);
  own.port = String(port);
  return {
    url: own.href,
    set isCut(cut: boolean) {
      isCut = cut;
      if (cut) for (const socket of sockets) socket.destroy();
    },
    close: () => proxy.close(),
  };
}

const folder = () => join(a?.dataDir ?? '', 'waiting');
const left = () =>
  readdirSync(folder(), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.json'));

/** Has an answer come whole while its server has no database. */
async function leave(content: Buffer) {
  const [own, other] = [a as Server, b as Server];
  const key = { visitor: randomUUID().replaceAll('-', ''), id: randomUUID() };
  const claim = await own.store.claim(key, about);
  if (!claim.isNew) throw new Error('The key is not free.');
  const { run } = claim;
  await run.describe(facts);
  const work = inFlight().enter();
  const ask = { person: 'p', visitor: key.visitor, key: key.id, model: 'm', pictures: 1 };
  (await run.commit(ask, work)).sent();
  run.passOn();
  // The beginning is in the database before it is away.
  const begun = run.append(content.subarray(0, 1000));
  run.begin(head);
  await begun;
  await expect.poll(async () => (await other.store.find(key)).view().bytes).toBe(1000);
  line.isCut = true;
  await run.append(content.subarray(1000));
  const ended = run.end({ state: 'done', error: null });
  await expect.poll(left).toHaveLength(1);
  return { key, run, ended: ended.then(() => work.leave()) };
}

const brought: string[] = [];
const bringIn = () =>
  bringInLeft({
    database: (b as Server).database,
    folder: folder(),
    server: (b as Server).server,
    onBrought: (run) => brought.push(run),
  });
const declareDead = () =>
  (b as Server).database.query('update servers set seen_at = 0 where id = $1', [a?.server]);

it('brings in what a dead server has left, in its name and once', async () => {
  const content = bytes(2_500_000);
  const { key, run, ended } = await leave(content);
  // As long as its server may live, that brings it in itself.
  expect(await bringIn()).toBe(1);
  await declareDead();
  await (b as Server).database.query(
    `update runs set state = 'interrupted', lost = true, ended_at = now_ms()`,
  );
  expect(await bringIn()).toBe(0);
  expect(brought).toEqual([key.id]);
  const found = await (b as Server).store.find(key);
  expect(found.view()).toMatchObject({ state: 'done', status: 200, bytes: content.length });
  expect(Buffer.compare(await readAll(found), content)).toBe(0);
  expect(left()).toEqual([]);
  // It was only cut off, and finds its run at its end.
  line.isCut = false;
  await ended;
  expect(run.view()).toMatchObject({ state: 'done', bytes: content.length });
});

it('leaves alone what is not whole', async () => {
  const { key, ended } = await leave(bytes(5000));
  await declareDead();
  const record = join(folder(), left()[0] ?? '');
  truncateSync(record.replace(/\.json$/, ''), 4999);
  expect(await bringIn()).toBe(0);
  expect((await (b as Server).store.find(key)).view().state).not.toBe('done');
  expect(left()).toHaveLength(1);
  line.isCut = false;
  await ended;
});

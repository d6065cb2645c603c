import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasEnded } from '../../core/runs/run';
import type { OwnedRun } from '../runs/run-store';
import { bytes, head, readAll, StoreBench } from '../runs/store-bench.setup';
import { newDatabase, openServer } from './postgres.setup';

// What the database has of an answer is not what its server has written, while that lives and the answer comes.

type Server = Awaited<ReturnType<typeof openServer>>;
let [own, other]: Server[] = [];
const bench = new StoreBench(async () => {
  const url = await newDatabase();
  const servers = [await openServer(url), await openServer(url)] as const;
  [own, other] = servers;
  const close = async () => {
    for (const server of servers) await server.close();
  };
  return { ...servers[0], close, damage: async () => {} };
});

const content = bytes(5000);
const ask = <Row>(text: string, values: unknown[] = []) =>
  (other as Server).database.query<Row>(text, values);
const stored = (run: OwnedRun) => (other as Server).store.find(run.key);

/** Lets the answer begin, and waits until the database has so much of it. */
async function begin(run: OwnedRun, length: number): Promise<void> {
  const added = run.append(content.subarray(0, length));
  run.begin(head);
  await added;
  await expect.poll(async () => (await stored(run)).view().bytes).toBe(length);
}

// A wait that ends at once, over and over, would keep the server from everything else.
const few = 100;

/** Waits for the end of a run, as who reads its answer. @returns how often that had to look, at most `few` times */
async function follow(run: OwnedRun): Promise<number> {
  let looks = 0;
  for (; !hasEnded(run.view()) && looks < few; looks++) await run.changed();
  return looks;
}

it.each([1000, 5000])(
  'an answer of 5000 bytes of which a crash of the database takes %i back is stored whole',
  async (length) => {
    const run = await bench.sent();
    await begin(run, length);
    const followed = follow(run);
    await ask('delete from answers');
    await ask(`update runs set state = 'waiting', status = null, headers = '{}', bytes = 0`);
    await run.append(content.subarray(length));
    await run.end({ state: 'done', error: null });
    expect(await followed).toBeLessThan(few);
    const found = await stored(run);
    expect(found.view()).toMatchObject({ state: 'done', status: 200, bytes: content.length });
    expect(found.head).toEqual(head);
    expect(Buffer.compare(await readAll(found), content)).toBe(0);
  },
);

it('an answer that a lost disk breaks off ends, with all that the database has of it', async () => {
  const run = await bench.sent();
  const [row] = await ask<{ file: string }>(`select no || '-' || generation as file from runs`);
  const { dataDir, server } = own as Server;
  const path = join(dataDir, 'waiting', server, row?.file ?? '');
  // It opens once somebody reads it, and takes nothing then.
  execFileSync('mkfifo', [path]);
  await begin(run, content.length);
  const followed = follow(run);
  closeSync(openSync(path, 'r'));
  await run.end({ state: 'done', error: null });
  expect(await followed).toBeLessThan(few);
  const found = await stored(run);
  expect(found.view()).toMatchObject({
    state: 'failed',
    bytes: content.length,
    error: { code: 'spool_full' },
  });
  expect(Buffer.compare(await readAll(found), content)).toBe(0);
});

it('an answer whose run was another server’s for a while is stored by its own', async () => {
  const run = await bench.sent();
  await begin(run, 1000);
  const followed = follow(run);
  await ask('update runs set owner = $1', ['other']);
  await expect.poll(() => run.released).toBe(true);
  await ask('update runs set owner = $1', [own?.server]);
  await run.append(content.subarray(1000));
  await run.end({ state: 'done', error: null });
  expect(await followed).toBeLessThan(few);
  expect(run.released).toBe(false);
  expect(Buffer.compare(await readAll(await stored(run)), content)).toBe(0);
});

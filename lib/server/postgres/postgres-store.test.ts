import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { RunKey } from '../runs/run-store';
import { describeRunStore } from '../runs/run-store.setup';
import { about } from '../runs/store-bench.setup';
import { newDatabase, openServer } from './postgres.setup';

describeRunStore('in PostgreSQL', async () => {
  const server = await openServer(await newDatabase(), { limits: { requestsPerMinute: 2 } });
  const damage = ({ visitor, id }: RunKey, offset: number) =>
    server.database.query(
      `update answers set data = set_byte(data, ($3 - start)::int, get_byte(data, ($3 - start)::int) # 1)
       where run = (select no from runs where visitor = $1 and id = $2)
         and $3 >= start and $3 < start + length(data)`,
      [visitor, id, offset],
    );
  return { ...server, damage };
});

it('the first run of a visitor is told to a list that was empty', async () => {
  const server = await openServer(await newDatabase());
  const key = { visitor: randomUUID().replaceAll('-', ''), id: randomUUID() };
  const { cursor } = await server.store.list(key.visitor);
  const { run } = await server.store.claim(key, about);
  const { runs } = await server.store.list(key.visitor, { since: cursor });
  expect(runs.map((one) => one.key.id)).toEqual([key.id]);
  await run.cancel();
  await server.close();
});

it('a repeat that waits at another server sees that the run was removed, and takes it over', async () => {
  const url = await newDatabase();
  const servers = [await openServer(url), await openServer(url)] as const;
  const [one, other] = servers;
  const key = { visitor: randomUUID().replaceAll('-', ''), id: randomUUID() };
  const first = await one.store.claim(key, about);
  const { run } = await other.store.claim(key, about);
  let looks = 0;
  const waited = (async () => {
    while (run.view().state === 'uploading' && looks < 100) {
      await run.changed();
      looks++;
    }
  })();
  if (first.isNew) await one.store.release(first.run, null);
  await waited;
  // A wait that ends at once, over and over, would keep the server from everything else.
  expect(looks).toBeLessThan(100);
  const again = await other.store.claim(key, about);
  expect(again.isNew).toBe(true);
  if (again.isNew) await other.store.release(again.run, null);
  for (const server of servers) await server.close();
});

import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { goodImages } from '../../../e2e/fault-upstream';
import { errorIn, Playground } from './playground.setup';

/** What a picture of a size that the model chooses may take, at 4 bytes a pixel. */
const onePicture = 1536 * 1024 * 4;
const roomFor = (answers: number) => onePicture + (answers - 0.5) * goodImages.length;
let now = Date.now();
let playground: Playground;
afterEach(() => playground.close());

/** Somebody with a visitor cookie that is new. */
const as = (user: string) => {
  playground.caller = { kind: 'session', user };
  playground.visitor = randomUUID();
};
const start = async (prompt = 'fault:ok') => {
  const run = randomUUID();
  now += 1;
  const response = await playground.picture(prompt, run);
  if (response.status !== 202) return errorIn(response);
  if (prompt === 'fault:ok') await playground.reach(run, 'done');
  const { visitor } = playground;
  return { status: async () => (await playground.show(run, visitor)).status };
};
type Started = { status: () => Promise<number> };
const statusesOf = (runs: unknown[]) => Promise.all((runs as Started[]).map((run) => run.status()));
const refused = { status: 503, code: 'spool_full' };

it('whoever fills the room loses first, whatever cookies it has, also after a restart', async () => {
  const options = { now: () => now, maxBytes: roomFor(4) };
  playground = await Playground.open(options);
  as('bob');
  const bobs = [await start()];
  const anns: unknown[] = [];
  for (const _ of [1, 2, 3]) {
    as('ann');
    anns.push(await start());
  }
  as('ann');
  expect(await start()).toMatchObject(refused);
  await playground.restart(options);
  as('ann');
  expect(await start()).toMatchObject(refused);
  as('bob');
  bobs.push(await start());
  expect(await statusesOf(bobs)).toEqual([200, 200]);
  expect(await statusesOf(anns)).toEqual([410, 200, 200]);
});

it('where nobody is greedy the oldest unread answer goes', async () => {
  playground = await Playground.open({ now: () => now, maxBytes: roomFor(3) });
  const runs: unknown[] = [];
  for (const user of ['ann', 'bob', 'cid', 'dan']) {
    as(user);
    runs.push(await start());
  }
  expect(await statusesOf(runs)).toEqual([410, 200, 200, 200]);
});

it('nothing goes for a request that is refused', async () => {
  playground = await Playground.open({ now: () => now, maxBytes: roomFor(3) });
  as('ann');
  const anns = [await start(), await start(), await start()];
  as('bob');
  const refusals = [{}, { n: 2 }, { n: 'x' }].map((more) => {
    const body = { model: 'turing/gpt-image-2', ...more };
    return playground.start('generations', playground.request({ body }));
  });
  const tooMuch = { model: 'turing/gpt-image-2', prompt: 'fault:ok', n: 2 };
  refusals.push(playground.start('generations', playground.request({ body: tooMuch })));
  const statuses = (await Promise.all(refusals)).map(({ status }) => status);
  expect(statuses).toEqual([400, 400, 400, 503]);
  expect(await statusesOf(anns)).toEqual([200, 200, 200]);
});

it('what is reserved for an answer under way counts, and is not taken', async () => {
  playground = await Playground.open({ now: () => now, maxBytes: onePicture + roomFor(1) });
  as('bob');
  const bobs = [await start()];
  as('ann');
  const anns = [await start('fault:silent')];
  expect(await start()).toMatchObject(refused);
  as('cid');
  bobs.push(await start());
  expect(await statusesOf([...bobs, ...anns])).toEqual([410, 200, 200]);
});

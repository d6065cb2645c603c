import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from './connection';
import { newDatabase } from './postgres.setup';
import { type Key, stopClock, times, World, withMutant } from './world.setup';

// Random sequences of what servers do and suffer, over a real database. Single steps hardly ever meet in the ways
// that matter, so there are also composite ones: take over, commit all at once, an outage and then reaping.

let database: Database;
beforeAll(async () => {
  database = openDatabase(await newDatabase());
  await stopClock(database);
});
afterAll(() => database.end());

const key = fc.record({
  visitor: fc.constantFrom('a', 'b'),
  id: fc.constantFrom('1', '2', '3', '4'),
});
const server = fc.nat(5);
const step = <Name extends string, More>(weight: number, op: Name, more: fc.Arbitrary<More>) => ({
  weight,
  arbitrary: fc.record({ op: fc.constant(op), with: more }),
});
const steps = fc.oneof(
  step(6, 'claim', fc.record({ server, key })),
  step(6, 'commit', fc.record({ server, key })),
  step(6, 'send', fc.record({ server, key })),
  step(4, 'end', fc.record({ server, key })),
  step(2, 'cancel', fc.record({ key })),
  step(4, 'reap', fc.record({ server })),
  step(1, 'crash', fc.record({ server })),
  step(2, 'pause', fc.record({ server })),
  step(3, 'resume', fc.record({})),
  step(1, 'down', fc.record({})),
  step(3, 'up', fc.record({})),
  step(3, 'tick', fc.record({ seconds: fc.constantFrom(...times) })),
  step(8, 'whole', fc.record({ server, key, upTo: fc.nat(3) })),
  step(6, 'takeOver', fc.record({ server, other: server, key, upTo: fc.nat(2) })),
  step(3, 'commitAll', fc.record({})),
  step(3, 'sendAll', fc.record({})),
  step(3, 'race', fc.record({ server, other: server, key })),
  step(2, 'lostAnswer', fc.record({ server, key })),
  step(2, 'outage', fc.record({ server, seconds: fc.constantFrom(16, 60) })),
);
type Step = typeof steps extends fc.Arbitrary<infer One> ? One : never;

const each = (world: World, call: (one: World['servers'][number], key: Key) => Promise<void>) =>
  world.servers
    .filter(({ isAlive, isPaused }) => isAlive && !isPaused)
    .flatMap((one) =>
      [...one.local.values()].map(({ fence: { visitor, id } }) => call(one, { visitor, id })),
    );

/** What needs no database. */
const offline = ['send', 'sendAll', 'crash', 'pause', 'resume', 'down', 'up', 'tick'];

async function take(world: World, { op, with: given }: Step): Promise<void> {
  if (!world.isUp && !offline.includes(op)) return;
  const one = 'server' in given ? world.living(given.server) : undefined;
  if ('server' in given && !one) return;
  // Narrowed by the two lines above.
  const at = one as NonNullable<typeof one>;
  const other = () => ('other' in given ? (world.living(given.other) ?? at) : at);
  const own = ('key' in given ? given.key : { visitor: '', id: '' }) as Key;
  const commit = (server: World['servers'][number], key: Key) => world.commit(server, key);
  const send = (server: World['servers'][number], key: Key) => world.send(server, key);
  const seconds = 'seconds' in given ? given.seconds : 0;
  switch (op) {
    case 'claim':
      return world.claim(at, own);
    case 'commit':
      return world.commit(at, own);
    case 'send':
      return world.send(at, own);
    case 'end':
      return world.end(at, own);
    case 'cancel':
      await world.cancel(own);
      return;
    case 'reap':
      await world.reap(at);
      return;
    case 'crash':
      at.isAlive = false;
      if (world.isUp && world.servers.filter(({ isAlive }) => isAlive).length < 2) {
        await world.start();
      }
      return;
    case 'pause':
      at.isPaused = true;
      at.wasPaused = true;
      return;
    case 'resume': {
      const paused = world.servers.find(({ isPaused, isAlive }) => isPaused && isAlive);
      if (!paused) return;
      paused.isPaused = false;
      return world.beat(paused);
    }
    case 'down':
      world.isUp = false;
      return;
    case 'up':
      world.isUp = true;
      for (const each of world.servers) await world.beat(each);
      return;
    case 'tick':
      return world.tick(seconds);
    case 'whole':
      await world.claim(at, own);
      if ('upTo' in given && given.upTo > 0) await world.commit(at, own);
      if ('upTo' in given && given.upTo > 1) await world.send(at, own);
      if ('upTo' in given && given.upTo > 2) await world.end(at, own);
      return;
    case 'takeOver':
      await world.claim(at, own);
      await world.tick(22);
      await world.claim(other(), own);
      if ('upTo' in given && given.upTo > 0) await Promise.all(each(world, commit));
      if ('upTo' in given && given.upTo > 1) await Promise.all(each(world, send));
      return;
    case 'commitAll':
      await Promise.all(each(world, commit));
      return;
    case 'sendAll':
      await Promise.all(each(world, send));
      return;
    case 'race': {
      const elsewhere = { ...own, visitor: own.visitor === 'a' ? 'b' : 'a' };
      await Promise.all([world.claim(at, own), world.claim(other(), own)]);
      await Promise.all([
        world.commit(at, own),
        world.commit(other(), own),
        world.commit(at, elsewhere),
        world.cancel({ ...own, id: '3' }),
      ]);
      return;
    }
    case 'lostAnswer':
      await world.claim(at, own);
      world.losesAnswers = true;
      await world.commit(at, own);
      world.losesAnswers = false;
      return;
    case 'outage':
      await world.outage(seconds);
      await world.beat(at);
      await world.reap(at);
      for (const each of world.servers) await world.beat(each);
  }
}

async function play(
  over: Database,
  { sequences, seed, count }: { sequences: number; seed: number; count?: Record<string, number> },
) {
  const sequence = fc.asyncProperty(
    fc.array(steps, { minLength: 60, maxLength: 90, size: 'max' }),
    async (taken) => {
      const world = new World(over);
      await world.begin();
      try {
        for (const one of taken) {
          await take(world, one);
          await world.check();
        }
      } finally {
        await world.close();
      }
      if (!count) return;
      count.steps = (count.steps ?? 0) + taken.length;
      count.sends = (count.sends ?? 0) + world.sends.length;
      for (const state of world.ended.values()) count[state] = (count[state] ?? 0) + 1;
    },
  );
  const { failed, errorInstance } = await fc.check(sequence, {
    numRuns: sequences,
    seed,
    endOnFailure: true,
  });
  return failed ? (errorInstance as Error).message : 'held';
}

it('holds whatever servers do and suffer', async () => {
  const count: Record<string, number> = {};
  expect(await play(database, { sequences: 120, seed: 7, count })).toBe('held');
  // It says something only if much was sent and ended.
  for (const what of ['sends', 'done', 'cancelled', 'interrupted']) {
    expect(count[what]).toBeGreaterThan(10);
  }
}, 600_000);

const ownFence = 'r.owner = $3 and r.generation = $4';
it.each<[string, RegExp | string, string, RegExp]>([
  ['no fence', ownFence, `$3::text is not null and $4::bigint is not null`, /sent twice/],
  [
    'no lock of the row',
    `select 1 from holds where model = '' for update`,
    `select 1 from holds where model = ''`,
    /more than|sent/,
  ],
  [
    'reaping without own beats',
    /exists \(\s*select 1 from servers me where me.id = (\$\d)[\s\S]*?>= 15000\)/,
    '$1::text is not null',
    /although its server lives/,
  ],
  [
    'an end without a state',
    /and \(r\.state in \('uploading', 'waiting', 'answering'\) or \(r\.state = 'interrupted' and r\.lost\)\)/,
    '',
    /became/,
  ],
])(
  'finds a protocol with %s',
  async (_, from, to, found) => {
    let isChanged = false;
    const mutant = withMutant(database, (text) => {
      const changed = text.replace(from, to);
      isChanged ||= changed !== text;
      return changed;
    });
    expect(await play(mutant, { sequences: 100, seed: 7 })).toMatch(found);
    expect(isChanged).toBe(true);
  },
  600_000,
);

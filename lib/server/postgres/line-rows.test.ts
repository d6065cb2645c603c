import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inFlight } from '../in-flight';
import { ComeLater } from '../sharing/sharing-errors';
import { newDatabase, openServer } from './postgres.setup';
import { stopClock } from './world.setup';

// The line of one model at two servers, in virtual time: whoever is asked, the order is one.
const model = 'm';
const rate = { requests: 6, seconds: 600 };
// What is sent a window after another request may arrive sooner after it than it was sent.
const windowMs = rate.seconds * 1000 + 1000;
const minute = 60_000;

let servers: Awaited<ReturnType<typeof openServer>>[];
let now: number;
beforeEach(async () => {
  const url = await newDatabase();
  const models = [{ id: model, rate }];
  servers = [await openServer(url, { models }), await openServer(url, { models })];
  await stopClock(database());
  now = 0;
  await setClock();
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

const database = () => servers[0]?.database as NonNullable<(typeof servers)[0]>['database'];
const setClock = () => database().query('update clock set ms = $1', [now]);

interface Wish {
  person: string;
  key: string;
  from: number;
  /** When its turn would be, as it was told first and last. */
  told?: number;
  expected?: number;
}
interface Served extends Wish {
  at: number;
}

/** Asks one of the servers. @returns whether it has gone */
async function ask(wish: Wish, server: (typeof servers)[0] | undefined): Promise<boolean> {
  const { person, key } = wish;
  const work = inFlight().enter();
  try {
    const asked = { person, visitor: person, key, model, pictures: 1 };
    const booked = await server?.admission.admit(asked, { work });
    booked?.sent();
    const open = `select 1 from charges where state = 'booked'`;
    await expect.poll(() => database().query(open), { interval: 2 }).toEqual([]);
    return true;
  } catch (error) {
    if (!(error instanceof ComeLater && 'queue' in error.details)) throw error;
    wish.expected = error.details.queue.at;
    wish.told ??= wish.expected;
    return false;
  } finally {
    work.leave();
  }
}

/** Lets time go by, in which all wishes that are not served yet ask again when they were told to, or others are served. */
async function play(wishes: Wish[], ms: number, onServed?: (one: Served) => void) {
  const served: Served[] = [];
  let asked = 0;
  while (now <= ms && wishes.length > 0) {
    await setClock();
    for (const wish of wishes.filter(({ from }) => from <= now)) {
      if (!(await ask(wish, servers[asked++ % 2]))) continue;
      wishes.splice(wishes.indexOf(wish), 1);
      served.push({ ...wish, at: now });
      onServed?.({ ...wish, at: now });
    }
    const next = wishes.map(({ from, expected = from }) => expected).filter((at) => at > now);
    // A ticket that nobody asks for is dropped after three minutes.
    now = Math.min(now + 2 * minute, ...next);
  }
  const inWindow = served.map(
    ({ at }) => served.filter((one) => one.at >= at && one.at < at + windowMs).length,
  );
  expect(Math.max(...inWindow)).toBeLessThanOrEqual(rate.requests);
  return served;
}

const wish = (person: string, from = 0): Wish => ({ person, key: randomUUID(), from });

it('serves people who always wait within one of each other', async () => {
  const people = ['a', 'b', 'c', 'd'];
  const wishes = [...people, ...people].map((person) => wish(person));
  const served = await play(wishes, 3 * windowMs, ({ person }) => void wishes.push(wish(person)));
  expect(served.length).toBeGreaterThanOrEqual(3 * rate.requests);
  for (const { at } of served) {
    const recent = served.filter((one) => one.at <= at && one.at > at - windowMs);
    const counts = people.map((name) => recent.filter(({ person }) => person === name).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
});

it('lets nobody below an equal share wait for more windows than the people fill', async () => {
  const heavy = Array.from({ length: 12 }, (_, index) => wish('heavy', index < 3 ? 0 : 5 * minute));
  const light = ['a', 'b', 'c'].map((person, index) => wish(person, (index + 6) * minute));
  const served = await play([...heavy, ...light], 3 * windowMs);
  const ofLight = served.filter(({ person }) => person !== 'heavy');
  expect(ofLight).toHaveLength(light.length);
  // Four people, six requests a window.
  expect(Math.max(...ofLight.map(({ at, from }) => at - from))).toBeLessThanOrEqual(windowMs);
  // Who had been served stands behind all of them, although it came first.
  const after = served.filter(({ person, at }) => person === 'heavy' && at > 5 * minute);
  const last = Math.max(...ofLight.map(({ at }) => at));
  expect(Math.min(...after.map(({ at }) => at))).toBeGreaterThan(last);
});

it('keeps the time that it has told, where nobody with less service comes', async () => {
  const served = await play(
    Array.from({ length: 14 }, () => wish('a')),
    3 * windowMs,
  );
  expect(served).toHaveLength(14);
  for (const { at, told = 0 } of served) expect(at).toBe(told);
});

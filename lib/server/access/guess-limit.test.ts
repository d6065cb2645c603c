import { describe, expect, it } from 'vitest';
import { createGuessLimit, TooManyAttempts } from './guess-limit';

const password = 'four-quiet-words';

/** The limit with small numbers, a clock of its own, and sources that stay known. */
function createDoor(limits = { own: 3, of56: 4, of48: 6, altogether: 9 }) {
  const known = new Set<string>();
  const clock = { now: 0 };
  const limit = createGuessLimit({
    limits,
    now: () => clock.now,
    known: {
      has: (source) => known.has(source),
      note: async (sources) => {
        for (const source of sources) known.add(source);
      },
    },
  });
  let made = 0;
  const guess = (address: string, text = `wrong-${made++}`, visitor?: string) =>
    limit.isRight({ guess: text, password, address, visitor });
  const outcome = (address: string, text?: string, visitor?: string) =>
    guess(address, text, visitor).catch((error) => {
      if (error instanceof TooManyAttempts) return 'refused' as const;
      throw error;
    });
  return { clock, guess, outcome };
}
type Door = ReturnType<typeof createDoor>;

const net = (site: string, last: string) => `2001:db8:${site}:${last}::/64`;
/** So many wrong guesses, each from a network that a function names. */
async function attack({ guess }: Door, count: number, address: (index: number) => string) {
  for (let index = 0; index < count; index++) expect(await guess(address(index))).toBe(false);
}
/** Nine wrong guesses from all over: no more are allowed in all. */
const attackAll = (door: Door) => attack(door, 9, (index) => `10.0.0.${index}`);

describe('guessing', () => {
  it('is told right from wrong', async () => {
    const door = createDoor();
    expect(await door.guess('a', password)).toBe(true);
    for (const text of ['', 'x', `${password} `, password.slice(1), password.toUpperCase()]) {
      expect(await createDoor().guess('a', text)).toBe(false);
    }
  });

  it('ends for an address after so many, even with the right one, and for no other', async () => {
    const door = createDoor();
    await attack(door, 3, () => 'a');
    await expect(door.guess('a', password)).rejects.toMatchObject({
      status: 429,
      code: 'too_many_attempts',
      retryAfterSeconds: 60,
    });
    expect(await door.outcome('b', password)).toBe(true);
  });

  it('goes on after a minute, however often it was tried meanwhile', async () => {
    const door = createDoor();
    await attack(door, 3, () => 'a');
    for (; door.clock.now < 60_000; door.clock.now += 1000) {
      expect(await door.outcome('a')).toBe('refused');
    }
    expect(await door.outcome('a', password)).toBe(true);
  });

  it('by many at once gives none of them more', async () => {
    const door = createDoor();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => door.outcome('a')));
    expect(outcomes.filter((outcome) => outcome === false)).toHaveLength(3);
  });

  it('with the same wrong password again counts once', async () => {
    const door = createDoor();
    for (let count = 0; count < 20; count++) {
      expect(await door.guess('a', 'the-old-password')).toBe(false);
    }
    expect(await door.outcome('a', password)).toBe(true);
  });

  it('costs nothing where it is right', async () => {
    const door = createDoor();
    for (let count = 0; count < 50; count++) expect(await door.guess('a', password)).toBe(true);
  });
});

describe('guesses from many networks', () => {
  it.each([
    ['the /56', 4, (index: number) => net('1', `a${index}`), net('1', 'aff'), 'true'],
    ['the /56', 4, (index: number) => net('1', `${index}`), net('1', 'ff'), 'refused'],
    ['the /48', 6, (index: number) => net('1', `${index}00`), net('1', 'ffff'), 'refused'],
    ['the /48', 6, (index: number) => net('1', `${index}00`), net('2', '0'), 'true'],
    ['all', 9, (index: number) => net(`${index}`, '0'), net('5', '1'), 'true'],
    ['all', 9, (index: number) => net(`${index}`, '0'), net('5', '0'), 'refused'],
    ['all', 9, (index: number) => `10.0.0.${index}`, '10.0.0.99', 'true'],
    ['all', 9, (index: number) => `10.0.0.${index}`, '10.0.0.5', 'refused'],
  ])('fill %s after %i: %s', async (_, count, address, other, expected) => {
    const door = createDoor();
    await attack(door, count, address);
    expect(String(await door.outcome(other, password))).toBe(expected);
    door.clock.now = 60_000;
    expect(await createDoor().outcome(other, password)).toBe(true);
    expect(await door.outcome(other, password)).toBe(true);
  });

  it('leave one guess to a network that has made none', async () => {
    const door = createDoor();
    await attackAll(door);
    expect(await door.outcome('10.9.9.9')).toBe(false);
    expect(await door.outcome('10.9.9.9', password)).toBe('refused');
  });

  it('of known sources neither count for others nor are refused with them', async () => {
    const door = createDoor();
    const known = Array.from({ length: 10 }, (_, index) => net('1', `${index}`));
    for (const address of known) await door.guess(address, password);
    for (const address of known) await attack(door, 2, () => address);
    expect(await door.outcome(net('1', 'ff'), password)).toBe(true);
    await attackAll(door);
    await attack(door, 4, (index) => net('2', `${index}`));
    expect(await door.outcome(known[0] ?? '')).toBe(false);
    expect(await door.outcome(known[0] ?? '', password)).toBe('refused');
    expect(await door.outcome(known[1] ?? '', password)).toBe(true);
  });

  it('shut out no browser that was in before, wherever it is', async () => {
    const door = createDoor();
    await door.guess('home', password, 'ann');
    await attackAll(door);
    await attack(door, 4, (index) => net('2', `${index}`));
    expect(await door.outcome(net('2', 'ff'), password, 'ann')).toBe(true);
    expect(await door.outcome(net('2', 'fe'), password, 'somebody else')).toBe('refused');
  });

  it('give a known browser no more than its own', async () => {
    const door = createDoor();
    await door.guess('home', password, 'ann');
    for (const address of ['a', 'b', 'c']) {
      expect(await door.outcome(address, undefined, 'ann')).toBe(false);
    }
    expect(await door.outcome('d', password, 'ann')).toBe('refused');
  });
});

it('the numbers are 10, 30, 100 and 300', async () => {
  for (const [count, address] of [
    [10, () => net('1', '0')],
    [30, (index: number) => net('1', `${index % 30}`)],
    [100, (index: number) => net('1', `${index % 100}00`)],
  ] as const) {
    const door = createDoor({ own: 10, of56: 30, of48: 100, altogether: 300 });
    await attack(door, count, address);
    expect(await door.outcome(address(0), password)).toBe('refused');
  }
  const door = createDoor({ own: 10, of56: 30, of48: 100, altogether: 300 });
  await attack(door, 300, (index) => `10.0.1.${index % 150}`);
  expect(await door.outcome('10.0.1.0', password)).toBe('refused');
});

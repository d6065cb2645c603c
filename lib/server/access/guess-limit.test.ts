import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGuessLimit, TooManyAttempts } from './guess-limit';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const password = 'four-quiet-words';

function createDoor(limits = { perAddress: 3, altogether: 7 }) {
  const limit = createGuessLimit(limits);
  let made = 0;
  const guess = (address: string, text = `wrong-${made++}`, visitor?: string) =>
    limit.isRight({ guess: text, password, address, visitor });
  const isShut = async (address: string, visitor?: string) =>
    guess(address, password, visitor).then(
      (isRight) => !isRight,
      (error) => error instanceof TooManyAttempts,
    );
  return { guess, isShut };
}

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
    for (let count = 0; count < 3; count++) expect(await door.guess('a')).toBe(false);
    await expect(door.guess('a')).rejects.toMatchObject({
      status: 429,
      code: 'too_many_attempts',
      retryAfterSeconds: 60,
    });
    expect(await door.isShut('a')).toBe(true);
    expect(await door.isShut('b')).toBe(false);
  });

  it('goes on after a minute, however often it was tried meanwhile', async () => {
    const door = createDoor();
    for (let count = 0; count < 3; count++) await door.guess('a');
    for (let second = 0; second < 59; second++) {
      await expect(door.guess('a')).rejects.toBeInstanceOf(TooManyAttempts);
      await vi.advanceTimersByTimeAsync(1000);
    }
    await vi.advanceTimersByTimeAsync(2000);
    expect(await door.isShut('a')).toBe(false);
  });

  it('from many addresses is bounded too, and shuts nobody out who was in before', async () => {
    const door = createDoor();
    expect(await door.guess('home', password, 'ann')).toBe(true);
    for (let count = 0; count < 7; count++) await door.guess(`address ${count}`);
    expect(await door.isShut('another address')).toBe(true);
    expect(await door.isShut('home')).toBe(true);
    expect(await door.isShut('home', 'ann')).toBe(false);
    expect(await door.isShut('home', 'somebody else')).toBe(true);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(await door.isShut('another address')).toBe(false);
  });

  it('is bounded for who was in before as well', async () => {
    const door = createDoor();
    await door.guess('home', password, 'ann');
    for (let count = 0; count < 3; count++) await door.guess('home', undefined, 'ann');
    expect(await door.isShut('home', 'ann')).toBe(true);
  });

  it('by many at once gives none of them more', async () => {
    const door = createDoor();
    const guesses = Array.from({ length: 20 }, () => door.guess('a').catch(() => 'refused'));
    expect((await Promise.all(guesses)).filter((outcome) => outcome === false)).toHaveLength(3);
  });

  it('with the same wrong password again counts once', async () => {
    const door = createDoor();
    for (let count = 0; count < 20; count++) {
      expect(await door.guess('a', 'the-old-password')).toBe(false);
    }
    expect(await door.isShut('a')).toBe(false);
  });

  it('costs nothing where it is right', async () => {
    const door = createDoor();
    for (let count = 0; count < 50; count++) expect(await door.guess('a', password)).toBe(true);
  });
});

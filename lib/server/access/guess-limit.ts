import 'server-only';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../../core/api-error';
import { singleton } from '../singleton';
import type { KnownSources } from './known-sources';
import { widerNetworks } from './networks';
import { createWindowCounter, type WindowCounter } from './window-counter';

/** How many wrong guesses are allowed within a minute. */
interface Limits {
  /** Of an IPv4 address, an IPv6 /64, or a browser that is known. */
  own: number;
  of56: number;
  of48: number;
  altogether: number;
}

const usual: Limits = { own: 10, of56: 30, of48: 100, altogether: 300 };
/** How long a wrong guess counts. */
export const guessWindowMs = 60_000;
const everybody = 'all';
const mostCounted = 20_000;

/** Where a guess comes from. */
interface Attempt {
  guess: string;
  password: string;
  /** An IPv4 address, or the /64 network of an IPv6 one. */
  address: string;
  /** The browser, if it has a visitor cookie of its own. */
  visitor?: string;
}

/**
 * Where wrong guesses are counted. It calls with the counts of these names, which nobody else changes meanwhile,
 * and adds nothing if the call throws.
 */
export type GuessBook = <T>(
  names: readonly string[],
  decide: (counts: WindowCounter) => T,
) => Promise<T>;

/** Compares passwords, and limits how often somebody may guess. */
export interface GuessLimit {
  /**
   * Whether a guess is the password.
   * @throws ApiError `too_many_attempts`; `retryAfterSeconds` says when it may be tried again
   */
  isRight(attempt: Attempt): Promise<boolean>;
}

/** The error of too many wrong passwords, from one source or from all together. */
export class TooManyAttempts extends ApiError {
  readonly retryAfterSeconds: number;

  constructor(waitMs: number) {
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
    super({
      code: 'too_many_attempts',
      message: `Too many wrong passwords. Try again in ${retryAfterSeconds} seconds.`,
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Makes a limit. Each source has its own count. Those that have not shown the password within a day
 * also share counts: of the /56 and the /48 around them, where a full count refuses every network in
 * it, and of all together, where a full count leaves one guess to each network that has made none.
 * So whoever guesses makes only the networks around him wait. The same wrong guess counts once, since
 * a script that repeats an old password learns nothing. Everything is forgotten after a minute.
 * @param now in ms, of a clock that never goes back
 * @param book where it is counted; usually in this process
 * @param onWrong is called for each wrong guess that counts, with the address or browser that made it
 * @param onUnsaved is called where a known source holds only until a restart
 */
export function createGuessLimit({
  known,
  limits = usual,
  now = () => performance.now(),
  book = createBook(now),
  onWrong = () => undefined,
  onUnsaved = () => undefined,
}: {
  known: KnownSources;
  limits?: Limits;
  now?: () => number;
  book?: GuessBook | undefined;
  onWrong?: (whose: string) => void;
  onUnsaved?: (error: unknown) => void;
}): GuessLimit {
  const repeated = createWindowCounter({ windowMs: guessWindowMs, most: mostCounted, now });

  return {
    async isRight({ guess, password, address, visitor }) {
      const home = `address ${address}`;
      const browser = visitor === undefined ? undefined : `visitor ${visitor}`;
      const isKnownBrowser = browser !== undefined && known.has(browser);
      const source = isKnownBrowser ? browser : home;
      const isShared = !isKnownBrowser && !known.has(home);
      const found = isShared ? widerNetworks(address) : undefined;
      const wider = found && { of56: `network ${found.of56}`, of48: `network ${found.of48}` };
      const repeat = `${source} ${digestOf(guess).toString('base64')}`;
      const names = [
        source,
        ...(wider ? [wider.of56, wider.of48] : []),
        ...(isShared ? [everybody] : []),
      ];

      // Nothing waits between the checks, the comparison and the count, or many guesses at once would
      // all pass the checks before the first of them counts.
      const isRight = await book(names, (counts) => {
        if (counts.of(source) >= limits.own) throw new TooManyAttempts(counts.msLeft(source));
        if (wider) {
          const waits = [
            counts.of(wider.of56) >= limits.of56 ? counts.msLeft(wider.of56) : 0,
            counts.of(wider.of48) >= limits.of48 ? counts.msLeft(wider.of48) : 0,
          ];
          if (waits.some((wait) => wait > 0)) throw new TooManyAttempts(Math.max(...waits));
        }
        if (repeated.of(repeat) > 0) return false;
        if (isShared && counts.of(everybody) >= limits.altogether && counts.of(source) > 0) {
          throw new TooManyAttempts(Math.min(counts.msLeft(everybody), counts.msLeft(source)));
        }
        if (isSameSecret(guess, password)) return true;
        for (const name of names) counts.add(name);
        repeated.add(repeat);
        onWrong(source);
        return false;
      });
      if (isRight)
        await known.note(browser === undefined ? [home] : [home, browser]).catch(onUnsaved);
      return isRight;
    },
  };
}

/** A book of this process: each kind of count has its own room, so that none pushes another out. */
function createBook(now: () => number): GuessBook {
  const counter = () => createWindowCounter({ windowMs: guessWindowMs, most: mostCounted, now });
  const kinds = { own: counter(), networks: counter(), everybody: counter() };
  const of = (name: string) =>
    name === everybody ? kinds.everybody : name.startsWith('network ') ? kinds.networks : kinds.own;
  const counts: WindowCounter = {
    of: (name) => of(name).of(name),
    add: (name) => of(name).add(name),
    msLeft: (name) => of(name).msLeft(name),
  };
  return async (_, decide) => decide(counts);
}

const pepper = () => singleton('password-pepper', () => randomBytes(32));

/** Stands for a text in memory: of fixed length, and useless to whoever reads it there. */
function digestOf(text: string): Buffer {
  return createHmac('sha256', pepper()).update(text).digest();
}

/** Compares a guess with a secret in constant time. */
export function isSameSecret(guess: string, secret: string): boolean {
  return timingSafeEqual(digestOf(guess), digestOf(secret));
}

import 'server-only';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from '../../core/api-error';
import { singleton } from '../singleton';

/** How many wrong guesses are allowed within a minute. */
interface Limits {
  perAddress: number;
  altogether: number;
  /** Called for each wrong guess that counts, with the address or browser that made it. */
  onWrong: (whose: string) => void;
}

const defaults: Limits = { perAddress: 10, altogether: 300, onWrong() {} };
const seconds = 60;
const mostKnown = 1000;

/** Compares passwords, and limits how often somebody may guess. */
export interface GuessLimit {
  /**
   * Whether a guess is the password.
   * @param address that the guess comes from
   * @param visitor the browser that the guess comes from, if it has a visitor cookie
   * @throws ApiError `too_many_attempts`; `retryAfterSeconds` says when it may be tried again
   */
  isRight(attempt: {
    guess: string;
    password: string;
    address: string;
    visitor?: string;
  }): Promise<boolean>;
}

/** The error of too many wrong passwords, from one address or from all together. */
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
 * Makes a limit. Each address has its own guesses. A limit for all addresses together makes it of
 * little use to have many, and bounds the memory. A browser that has signed in before is outside of
 * both limits and has its own guesses, so that nobody can lock out the others. The same wrong guess
 * counts once, since a script that repeats an old password learns nothing. Everything is forgotten
 * after a minute, so that a right password from the same address does not wait longer.
 */
export function createGuessLimit(limits: Partial<Limits> = {}): GuessLimit {
  const { perAddress, altogether, onWrong } = { ...defaults, ...limits };
  const byKey = new RateLimiterMemory({ points: perAddress, duration: seconds });
  const everybody = new RateLimiterMemory({ points: altogether, duration: seconds });
  const repeated = new RateLimiterMemory({ points: 1, duration: seconds });
  const known = new Set<string>();

  const remember = (visitor: string) => {
    known.delete(visitor);
    known.add(visitor);
    const [oldest] = known;
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  };

  return {
    async isRight({ guess, password, address, visitor }) {
      const isKnown = visitor !== undefined && known.has(visitor);
      const key = isKnown ? `visitor ${visitor}` : `address ${address}`;
      const spent = await byKey.get(key);
      if (spent && spent.consumedPoints >= perAddress)
        throw new TooManyAttempts(spent.msBeforeNext);
      const repeat = `${key} ${digestOf(guess).toString('base64')}`;
      if ((await repeated.get(repeat)) !== null) return false;
      // Counted before it is compared, so that of many guesses at once none is free.
      if (!isKnown) await spend(everybody, 'all');
      await spend(byKey, key);
      if (isPassword(guess, password)) {
        if (!isKnown) await everybody.reward('all');
        await byKey.reward(key);
        if (visitor !== undefined) remember(visitor);
        return true;
      }
      await repeated.penalty(repeat);
      onWrong(key);
      return false;
    },
  };
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (spent) {
    throw new TooManyAttempts((spent as RateLimiterRes).msBeforeNext);
  }
}

const pepper = () => singleton('password-pepper', () => randomBytes(32));

/** Stands for a text in memory: of fixed length, and useless to whoever reads it there. */
function digestOf(text: string): Buffer {
  return createHmac('sha256', pepper()).update(text).digest();
}

/** Compares a guess with the password in constant time. */
function isPassword(guess: string, password: string): boolean {
  return timingSafeEqual(digestOf(guess), digestOf(password));
}

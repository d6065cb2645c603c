import 'server-only';
import { withCounts } from '../postgres/access-rows';
import { getPostgres } from '../postgres/open-postgres';
import { type GuessBook, guessWindowMs, TooManyAttempts } from './guess-limit';

const mostRefused = 20_000;

/**
 * The book of all servers of a database. They go there one at a time, and who was refused is refused here until
 * the time that it was told: guesses must not take the connections that runs need.
 */
export function createSharedBook(): GuessBook {
  // Until when, by source; the oldest stands first.
  const refused = new Map<string, number>();
  let last: Promise<unknown> = Promise.resolve();

  function refuse(source: string, { retryAfterSeconds }: TooManyAttempts): void {
    refused.delete(source);
    refused.set(source, performance.now() + retryAfterSeconds * 1000);
    const [oldest] = refused.keys();
    if (refused.size > mostRefused && oldest !== undefined) refused.delete(oldest);
  }

  return (names, decide) => {
    const [source = ''] = names;
    const left = (refused.get(source) ?? 0) - performance.now();
    if (left > 0) return Promise.reject(new TooManyAttempts(left));
    const mine = last.then(async () => {
      try {
        const { database } = getPostgres();
        return await withCounts(database, { names, windowMs: guessWindowMs }, decide);
      } catch (error) {
        if (error instanceof TooManyAttempts) refuse(source, error);
        throw error;
      }
    });
    last = mine.catch(() => {});
    return mine;
  };
}

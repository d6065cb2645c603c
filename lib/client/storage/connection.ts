import { type HistoryDatabase, openHistory } from './database';

/** How long a call waits for the database to open. */
const longestOpeningMs = 5000;
/** So often a call is repeated while the database opens: for a minute. */
const mostTries = 12;

/** The database has not opened yet, or never will: what is stored is not known. */
export class SlowDatabaseError extends Error {
  constructor() {
    super('The browser’s database does not open.');
  }
}

/**
 * Repeats a read while the database is slow to open, because "not read yet" must not be taken for
 * "not stored".
 * @param onSlow called at each failed try
 * @throws what the read throws; SlowDatabaseError after a minute
 */
export async function readPatiently<T>(read: () => Promise<T>, onSlow = () => {}): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof SlowDatabaseError) || tries === mostTries) throw error;
      onSlow();
    }
  }
}

/** Gives the database, which is opened at the first call, and again after it was closed. */
export type Connection = () => Promise<HistoryDatabase>;

/**
 * Makes a connection. It throws the browser's own errors, or a SlowDatabaseError; the next call tries
 * again.
 * @param later calls an action after a while; returns how to cancel it
 */
export function createConnection(
  open: (told: { onClosed: () => void }) => Promise<HistoryDatabase> = openHistory,
  later: (action: () => void) => () => void = inSeconds,
): Connection {
  let opening: Promise<HistoryDatabase> | undefined;
  const forget = () => {
    opening = undefined;
  };
  return () => {
    opening ??= open({ onClosed: forget }).catch((error) => {
      forget();
      throw error;
    });
    return inTime(opening, later);
  };
}

/** The one connection to this browser's database. */
export const connection = createConnection();

// Some browsers have been seen never to answer: whatever waits for the database would never begin.
function inTime<T>(opening: Promise<T>, later: (action: () => void) => () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = later(() => reject(new SlowDatabaseError()));
    opening.then(resolve, reject).finally(stop);
  });
}

function inSeconds(action: () => void): () => void {
  const timer = setTimeout(action, longestOpeningMs);
  return () => clearTimeout(timer);
}

import { type HistoryDatabase, openHistory } from './database';

/** Nobody waits for longer; a database that takes longer may still be there the next time. */
const longestOpeningMs = 5000;

/** A way to a database that is opened at its first use, and again after it was closed. */
export type Connection = () => Promise<HistoryDatabase>;

/**
 * Makes a way to a database. What it throws is the browser's own, and it tries again the next time.
 * @param later does something in a while; gives how to stop it
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

/** This browser's database, one connection for everything that is kept in it. */
export const connection = createConnection();

// Browsers have been seen to answer neither yes nor no: what waits for it would never begin.
function inTime<T>(opening: Promise<T>, later: (action: () => void) => () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = later(() => reject(new Error('The browser’s database does not open.')));
    opening.then(resolve, reject).finally(stop);
  });
}

function inSeconds(action: () => void): () => void {
  const timer = setTimeout(action, longestOpeningMs);
  return () => clearTimeout(timer);
}

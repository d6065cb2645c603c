import { type HistoryDatabase, openHistory } from './database';

/** A way to a database that is opened at its first use, and again after it was closed. */
export type Connection = () => Promise<HistoryDatabase>;

/** Makes a way to a database. What it throws is the browser's own, and it tries again the next time. */
export function createConnection(open: () => Promise<HistoryDatabase> = openHistory): Connection {
  let opening: Promise<HistoryDatabase> | undefined;
  return () => {
    opening ??= open().then(
      (opened) => {
        // Another tab with a newer version has closed it: the next use opens it again.
        opened.addEventListener('close', () => (opening = undefined));
        return opened;
      },
      (error) => {
        opening = undefined;
        throw error;
      },
    );
    return opening;
  };
}

/** This browser's database, one connection for everything that is kept in it. */
export const connection = createConnection();

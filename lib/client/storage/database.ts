import { type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import type { HistorySchema } from './schema';

export type HistoryDatabase = IDBPDatabase<HistorySchema>;

type Store = StoreNames<HistorySchema>;

/** A transaction that writes to some of the stores. */
export type WriteTransaction = IDBPTransaction<HistorySchema, Store[], 'readwrite'>;

/** Opens a transaction that writes to these stores. */
export async function openToWrite(
  database: Connection,
  stores: readonly Store[],
): Promise<WriteTransaction> {
  return (await database()).transaction([...stores], 'readwrite');
}

type Upgrade = (
  database: HistoryDatabase,
  transaction: IDBPTransaction<HistorySchema, Store[], 'versionchange'>,
) => void | Promise<void>;

/**
 * One migration per version. A browser runs those that it has not run yet, so a released migration never
 * changes: a new schema is a new migration.
 */
export const migrations: readonly Upgrade[] = [
  (database) => {
    const runs = database.createObjectStore('runs', { keyPath: 'id' });
    runs.createIndex('createdAt', 'createdAt');
    runs.createIndex('state', 'state');
    runs.createIndex('pictures', 'pictures', { multiEntry: true });
    runs.createIndex('removedPictures', 'removedPictures', { multiEntry: true });
    database.createObjectStore('removedRuns', { keyPath: 'id' });
    for (const name of ['pictures', 'copies', 'drafts', 'durations'] as const) {
      database.createObjectStore(name);
    }
  },
  (database, transaction) => {
    transaction.objectStore('runs').createIndex('endpointAge', ['endpoint', 'createdAt']);
    for (const name of ['masks', 'maskOperations'] as const) database.createObjectStore(name);
    const uses = database.createObjectStore('pictureUses', { keyPath: 'owner' });
    uses.createIndex('pictures', 'pictures', { multiEntry: true });
    const conversations = database.createObjectStore('conversations', { keyPath: 'id' });
    conversations.createIndex('updatedAt', 'updatedAt');
    const messages = database.createObjectStore('messages', { keyPath: 'id' });
    messages.createIndex('conversation', 'conversation');
    messages.createIndex('pictures', 'pictures', { multiEntry: true });
    messages.createIndex('state', 'state');
  },
  // Makes stores and indexes only: to rewrite thousands of runs would take longer than an opening may.
  // `fill-cards` fills them afterwards.
  (database, transaction) => {
    const pictures = { multiEntry: true };
    transaction.objectStore('removedRuns').createIndex('pictures', 'pictures', pictures);
    const cards = database.createObjectStore('cards', { keyPath: 'id' });
    cards.createIndex('order', 'order');
    cards.createIndex('hashes', 'hashes', pictures);
    cards.createIndex('trashedAt', 'trashedAt');
    for (const name of ['marks', 'files'] as const) {
      database.createObjectStore(name, { keyPath: 'hash' });
    }
    for (const name of ['collections', 'snippets'] as const) {
      database.createObjectStore(name, { keyPath: 'id' });
    }
    database.createObjectStore('fillings', { keyPath: 'source' });
  },
  (database) => {
    const cells = database.createObjectStore('cells', { keyPath: 'id' });
    cells.createIndex('place', ['cell.experiment', 'cell.key']);
    for (const name of ['state', 'key'] as const) cells.createIndex(name, name);
    cells.createIndex('pictures', 'pictures', { multiEntry: true });
    const experiments = database.createObjectStore('experiments', { keyPath: 'id' });
    experiments.createIndex('updatedAt', 'updatedAt');
    const judgements = database.createObjectStore('judgements', { keyPath: 'id' });
    judgements.createIndex('experiment', 'experiment');
    database.createObjectStore('lanes', { keyPath: 'model' });
  },
  // Of experiments there are few, so this takes no time either.
  (_database, transaction) => {
    transaction.objectStore('experiments').createIndex('state', 'state');
  },
];

/**
 * Opens the database and migrates it to a version, by default the newest that this page knows. A newer
 * one, which another tab has made, is opened as it is: a migration takes nothing away.
 */
export async function openHistory({
  name = 'turing-playground',
  version = migrations.length,
  onClosed = () => {},
}: {
  name?: string;
  version?: number;
  /** Called when the connection is closed and the database must be opened again. */
  onClosed?: () => void;
} = {}): Promise<HistoryDatabase> {
  const open = (wanted: number | undefined) =>
    openDB<HistorySchema>(name, wanted, {
      async upgrade(database, oldVersion, newVersion, transaction) {
        for (const migrate of migrations.slice(oldVersion, newVersion ?? undefined)) {
          await migrate(database, transaction);
        }
      },
      // A newer version in another tab, or a deletion of all data, must not wait for this tab.
      blocking(_old, _new, event) {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    });
  try {
    return await open(version);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
    return open(undefined);
  }
}

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

/**
 * Why something could not be stored. `full`: no room; `unavailable`: the browser stores nothing, as in some
 * private modes; `outdated`: another tab has a newer version of the app and of the database.
 */
export type StorageProblem = 'full' | 'unavailable' | 'outdated';

/** The problem behind an error of the browser's storage. */
export function storageProblem(error: unknown): StorageProblem {
  const name = error instanceof DOMException ? error.name : '';
  // A newer page may have taken a store away that this one needs.
  if (name === 'VersionError' || name === 'NotFoundError') return 'outdated';
  return name === 'QuotaExceededError' ? 'full' : 'unavailable';
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

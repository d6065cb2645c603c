import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import type { Conversation } from '../../core/chat/conversation';
import type { ChatMessage } from '../../core/chat/message';
import type { Checkpoint } from '../../core/mask/kept-mask';
import type { MaskOperation } from '../../core/mask/operations';
import type { RunEntry } from '../../core/runs/run-entry';
import type { LocalRunState } from '../../core/runs/run-state';

/** The schema of the browser's database. */
export interface HistorySchema extends DBSchema {
  /** Runs that are not removed, by id; `createdAt` orders them, `state` finds those in flight. */
  runs: {
    key: string;
    value: KeptRun;
    indexes: {
      createdAt: number;
      state: string;
      pictures: string;
      removedPictures: string;
      endpointAge: [endpoint: string, createdAt: number];
    };
  };
  /** Removed runs with the time of the removal; for a while they can be restored. */
  removedRuns: { key: string; value: KeptRun & { removedAt: number } };
  /** Picture files by the SHA-256 of their bytes, so that none is stored twice. */
  pictures: { key: string; value: Blob };
  /** Smaller copies of pictures, by the picture's hash and the copy's purpose. */
  copies: { key: [hash: string, kind: CopyKind]; value: Blob };
  /** Drafts by the name of their form. */
  drafts: { key: string; value: string };
  /** How long the last runs of a kind took, in ms, newest first. */
  durations: { key: string; value: number[] };
  /** Masks without their operations, by the mask's id. */
  masks: { key: string; value: MaskRecord };
  /** The operations of a mask in their order from 0, one record each, and after them a checkpoint, if
   * there is one. */
  maskOperations: { key: [mask: string, index: number]; value: MaskOperation | Checkpoint };
  /** The pictures that are needed by drafts, by their owner. */
  pictureUses: { key: string; value: PictureUse; indexes: { pictures: string } };
  conversations: { key: string; value: KeptConversation; indexes: { updatedAt: number } };
  /** The messages of all conversations, one record each, so that two tabs can add to a conversation. */
  messages: {
    key: string;
    value: KeptMessage;
    indexes: { conversation: string; pictures: string; state: string };
  };
}

/** A conversation. If it was removed, `removedAt` says when; for a while it can be restored. */
export type KeptConversation = Conversation & { removedAt: number | null };

/** A message with the fields of its indexes. */
export interface KeptMessage {
  id: string;
  conversation: string;
  /** By the hash of their bytes. */
  pictures: string[];
  /** The state of its run, if it is an answer. */
  state?: LocalRunState;
  message: ChatMessage;
}

/** The pictures that a draft needs. They are stored for as long as this record. */
export interface PictureUse {
  /** `draft:edit:<tab>` or `draft:chat:<tab>`. */
  owner: string;
  /** By the hash of their bytes. */
  pictures: string[];
  /** The masks that belong to a draft, by their ids. */
  masks?: string[];
  /** When a draft was last open, in ms since 1970. */
  usedAt?: number;
}

/** A mask without its operations. */
export interface MaskRecord {
  /** The number of operations that are not undone. */
  position: number;
  /** The number of operations that the checkpoint includes; 0 if there is none. */
  checkpointAt: number;
}

/**
 * The kinds of smaller copies: `small` (512 px) for walls and lists, `preview` for a card. Older pictures
 * may still have a `thumbnail` (256 px) instead of the first.
 */
export const copyKinds = ['small', 'preview', 'thumbnail'] as const;

export type CopyKind = (typeof copyKinds)[number];

/** A run with the hashes of its pictures, for the indexes. */
export type KeptRun = RunEntry & { pictures: string[]; removedPictures: string[] };

export type HistoryDatabase = IDBPDatabase<HistorySchema>;

type Upgrade = (
  database: HistoryDatabase,
  transaction: IDBPTransaction<HistorySchema, StoreNames<HistorySchema>[], 'versionchange'>,
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
];

/** Opens the database and migrates it to a version, by default the newest. */
export function openHistory({
  name = 'turing-playground',
  version = migrations.length,
  onClosed = () => {},
}: {
  name?: string;
  version?: number;
  /** Called when the connection is closed and the database must be opened again. */
  onClosed?: () => void;
} = {}): Promise<HistoryDatabase> {
  return openDB<HistorySchema>(name, version, {
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

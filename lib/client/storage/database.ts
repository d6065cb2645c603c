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

/** What the browser keeps of a designer's work. */
export interface HistorySchema extends DBSchema {
  /** Runs in view, by id; `createdAt` orders them, `state` finds those under way. */
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
  /** Runs that were removed, with the time; for a while they can come back. */
  removedRuns: { key: string; value: KeptRun & { removedAt: number } };
  /** Picture files by the SHA-256 of their bytes, so that none is kept twice. */
  pictures: { key: string; value: Blob };
  /** Smaller copies of pictures, by the same hash and what they are for. */
  copies: { key: [hash: string, kind: CopyKind]; value: Blob };
  /** What is being written, by the name of its form. */
  drafts: { key: string; value: string };
  /** How long the last runs of a kind took, in ms, newest first. */
  durations: { key: string; value: number[] };
  /** What is known of a mask besides its operations, by the mask's id. */
  masks: { key: string; value: MaskRecord };
  /** The operations that make up a mask, one record each, in their order from 0; after them a
   * checkpoint, if there is one. */
  maskOperations: { key: [mask: string, index: number]; value: MaskOperation | Checkpoint };
  /** Which pictures something other than a run needs, by whoever needs them. */
  pictureUses: { key: string; value: PictureUse; indexes: { pictures: string } };
  conversations: { key: string; value: KeptConversation; indexes: { updatedAt: number } };
  /** The messages of all conversations, one record each, so that two tabs can add to one. */
  messages: {
    key: string;
    value: KeptMessage;
    indexes: { conversation: string; pictures: string; state: string };
  };
}

/** A conversation, and when it was removed, if it was; for a while it can come back. */
export type KeptConversation = Conversation & { removedAt: number | null };

/** A message, and what finds it. */
export interface KeptMessage {
  id: string;
  conversation: string;
  /** By the hash of their bytes. */
  pictures: string[];
  /** How its run stands; only answers have one. */
  state?: LocalRunState;
  message: ChatMessage;
}

/** The pictures that a draft or the like needs: they are kept as long as this is. */
export interface PictureUse {
  /** As `draft:edit:<tab>`. */
  owner: string;
  /** By the hash of their bytes. */
  pictures: string[];
  /** The masks that belong to a draft, by their ids. */
  masks?: string[];
  /** When a draft was last open, in ms since 1970. */
  usedAt?: number;
}

/** What is known of a mask besides its operations. */
export interface MaskRecord {
  /** How many of the operations count. */
  position: number;
  /** How many of them the checkpoint holds; 0 if there is none. */
  checkpointAt: number;
}

/** What a smaller copy of a picture is for: a list, or a card. */
export type CopyKind = 'thumbnail' | 'preview';

/** A run with the hashes of its pictures, for the indexes. */
export type KeptRun = RunEntry & { pictures: string[]; removedPictures: string[] };

export type HistoryDatabase = IDBPDatabase<HistorySchema>;

type Upgrade = (
  database: HistoryDatabase,
  transaction: IDBPTransaction<HistorySchema, StoreNames<HistorySchema>[], 'versionchange'>,
) => void | Promise<void>;

/**
 * One step for each version, from an empty database on. A browser runs those that it has not run
 * yet, so a step that was released is never changed: a new shape is a new step.
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

/** Opens the database and brings it to the newest version, or the one that is told. */
export function openHistory({
  name = 'turing-playground',
  version = migrations.length,
  onClosed = () => {},
}: {
  name?: string;
  version?: number;
  /** Told when the database cannot be used any more, but for being opened again. */
  onClosed?: () => void;
} = {}): Promise<HistoryDatabase> {
  return openDB<HistorySchema>(name, version, {
    async upgrade(database, oldVersion, newVersion, transaction) {
      for (const migrate of migrations.slice(oldVersion, newVersion ?? undefined)) {
        await migrate(database, transaction);
      }
    },
    // A newer version in another tab, or whoever clears all data, must not wait for this one.
    blocking(_old, _new, event) {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
}

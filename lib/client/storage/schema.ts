import type { DBSchema } from 'idb';
import type { Conversation } from '../../core/chat/conversation';
import type { ChatMessage } from '../../core/chat/message';
import type { Experiment, ExperimentState } from '../../core/experiments/experiment';
import type { Lane } from '../../core/experiments/lane';
import type { Card } from '../../core/gallery/card';
import type { Checkpoint } from '../../core/mask/kept-mask';
import type { MaskOperation } from '../../core/mask/operations';
import type { AnyRun, Cell, RunEntry } from '../../core/runs/run-entry';
import type { LocalRunState } from '../../core/runs/run-state';

/** The schema of the browser's database. */
export interface HistorySchema extends DBSchema {
  /** Runs that are not removed, by id; `createdAt` orders them, `state` finds those in flight. */
  runs: {
    key: string;
    value: KeptRun<RunEntry>;
    indexes: {
      createdAt: number;
      state: string;
      pictures: string;
      removedPictures: string;
      endpointAge: [endpoint: string, createdAt: number];
    };
  };
  /** The runs of experiments that are not removed, by id. */
  cells: {
    key: string;
    value: KeptRun<Cell>;
    indexes: {
      place: [experiment: string, key: string];
      state: string;
      key: string;
      pictures: string;
    };
  };
  experiments: {
    key: string;
    value: Experiment;
    indexes: { updatedAt: number; state: ExperimentState };
  };
  /** Judgements of pairs of pictures, by id. */
  judgements: { key: string; value: KeptJudgement; indexes: { experiment: string } };
  /** How often each model may be asked, by its id. */
  lanes: { key: string; value: Lane };
  /** Removed runs, cells too, with the time of the removal; for a while they can be restored. */
  removedRuns: {
    key: string;
    value: KeptRun & { removedAt: number };
    indexes: { pictures: string };
  };
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
  /** What the gallery lists, by the id of the card; `order` has the newest first. */
  cards: {
    key: string;
    value: KeptCard;
    indexes: { order: number; hashes: string; trashedAt: number };
  };
  /** What people have noted of a picture, by the hash of its bytes. */
  marks: { key: string; value: PictureMarks };
  /** The collections that pictures are put into. */
  collections: { key: string; value: Collection };
  /** Pieces of prompts that are kept to be used again. */
  snippets: { key: string; value: Snippet };
  /** How large the picture files are and what they are for, so that no Blob is touched to sum them up. */
  files: { key: string; value: FileRecord };
  /** How far the filling of `cards` and `files` has come, for what was stored before there were any. */
  fillings: { key: string; value: Filling };
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
export type KeptRun<R extends AnyRun = AnyRun> = R & {
  pictures: string[];
  removedPictures: string[];
};

/** A judgement: what it says is plain data, which is read again with care. */
export interface KeptJudgement {
  id: string;
  experiment: string;
}

/** A card with the fields of its indexes. */
export type KeptCard = Card & {
  /** `-at`; absent while the run or conversation is removed as a whole, so that the index has no entry. */
  order?: number;
  /** The hashes of its pictures, of the removed ones as well. */
  hashes: string[];
  /** When the run, or the first of its removed pictures, was removed; absent where nothing is. */
  trashedAt?: number;
};

/** What people have noted of a picture, wherever it occurs. */
export interface PictureMarks {
  hash: string;
  isStarred: boolean;
  tags: string[];
  /** The ids of its collections. */
  collections: string[];
  /**
   * When it was hidden, in ms since 1970; null: it is not. Pictures of conversations and added ones are
   * hidden and not removed, because what was sent with them goes on to need them.
   */
  hiddenAt: number | null;
}

export interface Collection {
  id: string;
  name: string;
  createdAt: number;
}

export interface Snippet {
  id: string;
  text: string;
  isStarred: boolean;
  changedAt: number;
}

/** What a file is for: a picture of an answer, one that was added, a mask, one derived from others. */
export type FileKind = 'made' | 'added' | 'mask' | 'derived';

export interface FileRecord {
  hash: string;
  kind: FileKind;
  bytes: number;
  /** The bytes of its smaller copies by their kind. */
  copies: Partial<Record<CopyKind, number>>;
  /** The mean colour of the picture as `#rrggbb`, once a copy was made. */
  color?: string;
}

/** What was stored before there were cards, in parts. */
export type FillSource = 'runs' | 'conversations' | 'removedRuns' | 'pictures';

/** How far the filling from one source has come. */
export interface Filling {
  source: FillSource;
  /** What was seen last, in the order of the source; null: nothing yet. */
  last: { at?: number; id: string } | null;
  /** The conversations that were seen: each message moves one to another place in their order. */
  seen: string[];
  isDone: boolean;
  done: number;
  total: number;
}

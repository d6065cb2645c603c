import type { Checkpoint } from '../../core/mask/kept-mask';
import { joinChanges, type KeptMask, type MaskChange, withChange } from '../../core/mask/kept-mask';
import { readPatiently, storageProblem } from '../storage/database';
import type { Masks } from '../storage/masks';
import { reportStorageProblem } from '../storage/storage-status';

// In characters. Larger changes, such as an imported mask, are only written to the database.
const mostAtOnce = 1_000_000;

/** The part of a synchronous Storage that is used. */
export type QuickStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Saves one mask in the browser's database. A write there takes a moment, in which a reload would lose the
 * last stroke, so a change is first written to the tab's session storage, which is synchronous.
 * @param quick called at each use, because a browser that forbids the storage throws there
 */
export function createMaskKeeper(id: string, masks: Masks, quick: () => QuickStorage) {
  const key = `mask:${id}`;
  let unsaved: MaskChange | null = null;
  let saving: Promise<void> | null = null;

  /** Saves what is unsaved, once at a time. @throws the browser's own errors */
  const save = () => {
    saving ??= saveAll().finally(() => {
      saving = null;
    });
    return saving;
  };

  const saveAll = async () => {
    while (unsaved) {
      const change = unsaved;
      await masks.save(id, change);
      if (unsaved === change) unsaved = null;
      else unsaved = sinceSaved(change, unsaved);
      writeQuickly(unsaved);
    }
  };

  const writeQuickly = (change: MaskChange | null) => {
    try {
      const text = change && JSON.stringify(change, packBytes);
      if (text && text.length <= mostAtOnce) quick().setItem(key, text);
      else quick().removeItem(key);
    } catch {
      // Full or forbidden. The database will have it in a moment.
    }
  };

  const readQuickly = (): MaskChange | null => {
    try {
      return JSON.parse(quick().getItem(key) ?? 'null', unpackBytes);
    } catch {
      return null;
    }
  };

  return {
    /** The saved mask, including a change that is only in the session storage; else an empty mask. */
    async load(): Promise<KeptMask> {
      const newest = readQuickly();
      const report = (error?: unknown) => reportStorageProblem(storageProblem(error));
      const found = await readPatiently(() => masks.load(id), report).catch(report);
      const kept = found ?? { operations: [], position: 0 };
      if (!newest || newest.from > kept.operations.length) return kept;
      this.note(newest);
      return withChange(kept, newest);
    },
    /** Saves a change. */
    note(change: MaskChange) {
      unsaved = joinChanges(unsaved, change);
      writeQuickly(unsaved);
      // The change stays in the session storage, and is saved with the next one or once there is room.
      void save().catch((error) =>
        reportStorageProblem(storageProblem(error), { name: key, keep: save }),
      );
    },
    /** Saves a checkpoint. Without it the mask only takes longer to load. */
    async noteCheckpoint(checkpoint: Checkpoint) {
      await saving?.catch(() => {});
      if (!unsaved) await masks.saveCheckpoint(id, checkpoint).catch(() => {});
    },
  };
}

/** The part of a change that is not in an earlier, saved part of it. */
function sinceSaved(saved: MaskChange, all: MaskChange): MaskChange {
  if (all.from !== saved.from) return all;
  let same = 0;
  while (same < saved.operations.length && saved.operations[same] === all.operations[same]) same++;
  return { ...all, from: all.from + same, operations: all.operations.slice(same) };
}

interface PackedBytes {
  base64: string;
}

/** JSON has no bytes, so they are base64. */
function packBytes(_key: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  if (value.length > mostAtOnce) throw new RangeError('Too much to be kept at once.');
  let text = '';
  for (const byte of value) text += String.fromCharCode(byte);
  return { base64: btoa(text) } satisfies PackedBytes;
}

function unpackBytes(_key: string, value: unknown): unknown {
  const { base64 } = (value ?? {}) as Partial<PackedBytes>;
  if (typeof base64 !== 'string') return value;
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

import type { Checkpoint } from '../../core/mask/kept-mask';
import { joinChanges, type KeptMask, type MaskChange, withChange } from '../../core/mask/kept-mask';
import { readPatiently } from '../storage/connection';
import { storageProblem } from '../storage/history';
import type { Masks } from '../storage/masks';
import { reportStorageProblem } from '../storage/storage-status';

// In characters. What is larger (an imported mask) is only in the database.
const mostAtOnce = 1_000_000;

/** Where writing takes no time; only what the page uses of it. */
export type QuickStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Keeps one mask in the browser's database. That takes a moment, in which a reload would lose the
 * last stroke: so what is not there yet is in the tab's own storage, which takes none.
 * @param quick Called at each use, for a browser that forbids it throws there.
 */
export function createMaskKeeper(id: string, masks: Masks, quick: () => QuickStorage) {
  const key = `mask:${id}`;
  let unsaved: MaskChange | null = null;
  let saving: Promise<void> | null = null;

  const save = async () => {
    while (unsaved) {
      const change = unsaved;
      try {
        await masks.save(id, change);
      } catch (error) {
        // It stays in the tab's storage, if there is room, and goes along the next time.
        reportStorageProblem(storageProblem(error));
        return;
      }
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
      // Full or forbidden: the database has it in a moment.
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
    /** What was kept, the newest included; an empty mask if there is nothing. */
    async load(): Promise<KeptMask> {
      const newest = readQuickly();
      const report = (error?: unknown) => reportStorageProblem(storageProblem(error));
      const found = await readPatiently(() => masks.load(id), report).catch(report);
      const kept = found ?? { operations: [], position: 0 };
      if (!newest || newest.from > kept.operations.length) return kept;
      this.note(newest);
      return withChange(kept, newest);
    },
    /** Keeps what is new. */
    note(change: MaskChange) {
      unsaved = joinChanges(unsaved, change);
      writeQuickly(unsaved);
      saving ??= save().finally(() => {
        saving = null;
      });
    },
    /** Keeps a short cut to where the mask is. Without it only loading takes longer. */
    async noteCheckpoint(checkpoint: Checkpoint) {
      await saving;
      if (!unsaved) await masks.saveCheckpoint(id, checkpoint).catch(() => {});
    },
  };
}

/** What of a change is not in an earlier part of it that has been saved. */
function sinceSaved(saved: MaskChange, all: MaskChange): MaskChange {
  if (all.from !== saved.from) return all;
  let same = 0;
  while (same < saved.operations.length && saved.operations[same] === all.operations[same]) same++;
  return { ...all, from: all.from + same, operations: all.operations.slice(same) };
}

interface PackedBytes {
  base64: string;
}

/** Bytes have no place in JSON. */
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

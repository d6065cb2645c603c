import type { Checkpoint, KeptMask, MaskChange } from '../../core/mask/kept-mask';
import type { MaskOperation } from '../../core/mask/operations';
import { type Connection, connection } from './database';

// The checkpoint is among the operations, so that it is copied and deleted with them.
const checkpointIndex = Number.POSITIVE_INFINITY;

export type Masks = ReturnType<typeof createMasks>;

/** Stores masks. Throws the browser's own errors. */
export function createMasks(database: Connection) {
  const open = async () => (await database()).transaction(['masks', 'maskOperations'], 'readwrite');
  return {
    /** Saves a change to a mask. */
    async save(id: string, { from, operations, position }: MaskChange): Promise<void> {
      const transaction = await open();
      const masks = transaction.objectStore('masks');
      const kept = transaction.objectStore('maskOperations');
      const count = from + operations.length;
      const { checkpointAt = 0 } = (await masks.get(id)) ?? {};
      const isStale = checkpointAt > from;
      const later = IDBKeyRange.bound([id, count], [id, Number.MAX_SAFE_INTEGER]);
      await Promise.all([
        kept.delete(later),
        ...operations.map((operation, index) => kept.put(operation, [id, from + index])),
        isStale && kept.delete([id, checkpointIndex]),
        masks.put({ position, checkpointAt: isStale ? 0 : checkpointAt }, id),
      ]);
      await transaction.done;
    },
    /** Saves a raster of the mask after some of its operations, which must be saved already. */
    async saveCheckpoint(id: string, checkpoint: Checkpoint): Promise<void> {
      const transaction = await open();
      const masks = transaction.objectStore('masks');
      const mask = await masks.get(id);
      if (mask) {
        await masks.put({ ...mask, checkpointAt: checkpoint.position }, id);
        await transaction.objectStore('maskOperations').put(checkpoint, [id, checkpointIndex]);
      }
      await transaction.done;
    },
    async load(id: string): Promise<KeptMask | undefined> {
      const transaction = (await database()).transaction(['masks', 'maskOperations']);
      const mask = await transaction.objectStore('masks').get(id);
      if (!mask) return undefined;
      const range = IDBKeyRange.bound([id, 0], [id, checkpointIndex]);
      const all = await transaction.objectStore('maskOperations').getAll(range);
      const operations = all.filter((one): one is MaskOperation => 'kind' in one);
      const checkpoint = all.find((one): one is Checkpoint => !('kind' in one));
      const position = Math.min(mask.position, operations.length);
      return { operations, position, ...(checkpoint && { checkpoint }) };
    },
  };
}

/** The masks in this browser's database. */
export const masks = createMasks(connection);

/** Copies masks to other ids, with their operations and checkpoints. */
export async function copyMasks(
  copies: readonly { from: string; to: string }[],
  database: Connection = connection,
): Promise<void> {
  const transaction = (await database()).transaction(['masks', 'maskOperations'], 'readwrite');
  const masks = transaction.objectStore('masks');
  const operations = transaction.objectStore('maskOperations');
  for (const { from, to } of copies) {
    const mask = await masks.get(from);
    if (mask !== undefined) await masks.put(mask, to);
    let cursor = await operations.openCursor(operationsOf(from));
    while (cursor) {
      const [, index] = cursor.key;
      await operations.put(cursor.value, [to, index]);
      cursor = await cursor.continue();
    }
  }
  await transaction.done;
}

/** The keys of a mask's operations and its checkpoint. */
export function operationsOf(mask: string): IDBKeyRange {
  return IDBKeyRange.bound([mask, 0], [mask, Number.POSITIVE_INFINITY]);
}

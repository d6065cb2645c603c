import { type Connection, connection } from './connection';

/** Copies masks to other ids, with all that is kept of them. What throws is the browser's own. */
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

/** The keys of a mask's operations. */
export function operationsOf(mask: string): IDBKeyRange {
  return IDBKeyRange.bound([mask, 0], [mask, Number.POSITIVE_INFINITY]);
}

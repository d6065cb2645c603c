import { type Connection, connection } from './connection';

/**
 * Copies masks to other ids, with all that is kept of them.
 * @returns the ids that had nothing to copy
 */
export async function copyMasks(
  copies: readonly { from: string; to: string }[],
  database: Connection = connection,
): Promise<ReadonlySet<string>> {
  const transaction = (await database()).transaction(['masks', 'maskOperations'], 'readwrite');
  const masks = transaction.objectStore('masks');
  const operations = transaction.objectStore('maskOperations');
  const empty = new Set<string>();
  for (const { from, to } of copies) {
    const mask = await masks.get(from);
    if (mask === undefined) empty.add(from);
    else await masks.put(mask, to);
    let cursor = await operations.openCursor(operationsOf(from));
    while (cursor) {
      const [, index] = cursor.key;
      await operations.put(cursor.value, [to, index]);
      cursor = await cursor.continue();
    }
  }
  await transaction.done;
  return empty;
}

/** The keys of a mask's operations. */
export function operationsOf(mask: string): IDBKeyRange {
  return IDBKeyRange.bound([mask, 0], [mask, Number.POSITIVE_INFINITY]);
}

import { type Connection, connection } from './database';
import type { FileKind, KeptCard } from './schema';

/** The newest cards that are not removed, newest first. */
export async function newestCards(
  limit: number,
  database: Connection = connection,
): Promise<KeptCard[]> {
  return (await database()).getAllFromIndex('cards', 'order', null, limit);
}

/**
 * All cards of the index that are as old as this one or older, newest first, in parts: as a whole they would
 * take much memory at once. For workers: it may be thousands. A card may come twice.
 */
export async function* cardsFrom(
  order: number,
  { most = 1000, database = connection }: { most?: number; database?: Connection } = {},
): AsyncGenerator<KeptCard[]> {
  for (let [from, count] = [order, most]; ; ) {
    const range = IDBKeyRange.lowerBound(from);
    const cards = await (await database()).getAllFromIndex('cards', 'order', range, count);
    yield cards;
    const last = cards.at(-1)?.order;
    if (cards.length < count || last === undefined) return;
    // All of one time: only a larger part has the next one.
    if (last === from) count *= 2;
    else [from, count] = [last, most];
  }
}

/** Cards by their ids, removed ones too; those that are not there are left out. */
export async function cardsById(
  ids: readonly string[],
  database: Connection = connection,
): Promise<KeptCard[]> {
  const { store } = (await database()).transaction('cards');
  const found = await Promise.all(ids.map((id) => store.get(id)));
  return found.filter((card) => card !== undefined);
}

/** How many files there are of a kind, and their bytes. */
export interface UsedSpace {
  files: number;
  bytes: number;
}

/** What is used by kind; `copies` are the smaller copies of all of them. */
export async function usedSpace(
  database: Connection = connection,
): Promise<Record<FileKind | 'copies', UsedSpace>> {
  const none = () => ({ files: 0, bytes: 0 });
  const used = { made: none(), added: none(), mask: none(), derived: none(), copies: none() };
  const add = (kind: keyof typeof used, bytes: number) => {
    used[kind].files++;
    used[kind].bytes += bytes;
  };
  for (const { kind, bytes, copies } of await (await database()).getAll('files')) {
    add(kind, bytes);
    for (const size of Object.values(copies)) add('copies', size);
  }
  return used;
}

import { tellCards, tellCollections } from '../browser/tabs';
import { type Connection, connection } from './database';
import type { Collection, PictureMarks } from './schema';

/** The marks of a picture that has none. */
export function noMarks(hash: string): PictureMarks {
  return { hash, isStarred: false, tags: [], collections: [], hiddenAt: null };
}

/** Stores what people note of pictures, and their collections. Throws the browser's own errors. */
export function createMarks(database: Connection) {
  return {
    /** The marks of all pictures that have any. */
    async marks(): Promise<PictureMarks[]> {
      return (await database()).getAll('marks');
    },
    /** The marks of some pictures, also of those that have none. */
    async marksOf(hashes: readonly string[]): Promise<PictureMarks[]> {
      const { store } = (await database()).transaction('marks');
      return Promise.all(hashes.map(async (hash) => (await store.get(hash)) ?? noMarks(hash)));
    },
    /**
     * Changes the marks of pictures in one transaction.
     * @returns the marks before, with which `putMarks` undoes the change
     */
    async changeMarks(
      hashes: readonly string[],
      change: (marks: PictureMarks) => PictureMarks,
    ): Promise<PictureMarks[]> {
      const { store, done } = (await database()).transaction('marks', 'readwrite');
      const before = await Promise.all(
        [...new Set(hashes)].map(async (hash) => (await store.get(hash)) ?? noMarks(hash)),
      );
      await Promise.all(before.map((marks) => put(store, change(marks))));
      await done;
      tellCards([], hashes);
      return before;
    },
    /** Stores marks as they are. */
    async putMarks(marks: readonly PictureMarks[]): Promise<void> {
      const { store, done } = (await database()).transaction('marks', 'readwrite');
      await Promise.all(marks.map((one) => put(store, one)));
      await done;
      tellCards(
        [],
        marks.map(({ hash }) => hash),
      );
    },
    /** All collections, the newest first. */
    async collections(): Promise<Collection[]> {
      const all = await (await database()).getAll('collections');
      return all.sort((one, other) => other.createdAt - one.createdAt);
    },
    async putCollection(collection: Collection): Promise<void> {
      await (await database()).put('collections', collection);
      tellCollections();
    },
    /** Deletes a collection; its pictures stay. @returns their hashes */
    async deleteCollection(id: string): Promise<string[]> {
      const transaction = (await database()).transaction(['collections', 'marks'], 'readwrite');
      const store = transaction.objectStore('marks');
      await transaction.objectStore('collections').delete(id);
      const its = (await store.getAll()).filter(({ collections }) => collections.includes(id));
      const without = its.map((marks) => ({
        ...marks,
        collections: marks.collections.filter((one) => one !== id),
      }));
      await Promise.all(without.map((marks) => put(store, marks)));
      await transaction.done;
      const hashes = its.map(({ hash }) => hash);
      tellCollections();
      tellCards([], hashes);
      return hashes;
    },
  };
}

/** The marks in this browser's database. */
export const pictureMarks = createMarks(connection);

/** Stores the marks of a picture; a picture without any has no record. */
function put(
  store: { put(marks: PictureMarks): Promise<unknown>; delete(hash: string): Promise<void> },
  marks: PictureMarks,
): Promise<unknown> {
  const { hash, isStarred, tags, collections, hiddenAt } = marks;
  const isMarked = isStarred || hiddenAt !== null || tags.length + collections.length > 0;
  return isMarked ? store.put(marks) : store.delete(hash);
}

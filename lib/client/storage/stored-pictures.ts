import { tellCards } from '../browser/tabs';
import { cardStores, putColor, putCopy, putFile } from './cards';
import { type Connection, connection, openToWrite } from './database';
import type { CopyKind, FileKind } from './schema';

/** Stores pictures and their smaller copies. Throws the browser's own errors. */
export function createStoredPictures(database: Connection) {
  return {
    /** Stores a file under its hash. */
    async savePicture(hash: string, file: Blob, kind: FileKind): Promise<void> {
      const transaction = await openToWrite(database, ['pictures', 'files']);
      await transaction.objectStore('pictures').put(file, hash);
      await putFile(transaction, { hash, kind, bytes: file.size });
      await transaction.done;
    },
    async loadPicture(hash: string): Promise<Blob | undefined> {
      return (await database()).get('pictures', hash);
    },
    /** Deletes a file, because it cannot be read. */
    async dropPicture(hash: string): Promise<void> {
      const transaction = await openToWrite(database, ['pictures', 'files']);
      await transaction.objectStore('pictures').delete(hash);
      await transaction.objectStore('files').delete(hash);
      await transaction.done;
    },
    /**
     * Stores a copy of a picture that is stored itself; else nothing would ever delete the copy. A small
     * one takes the place of an older thumbnail.
     * @param color the mean colour, which is found when a small copy is made
     */
    async saveCopy(
      hash: string,
      kind: Exclude<CopyKind, 'thumbnail'>,
      image: Blob,
      color?: string,
    ): Promise<void> {
      const stores = ['pictures', 'copies', ...cardStores] as const;
      const transaction = await openToWrite(database, stores);
      const isStored = (await transaction.objectStore('pictures').getKey(hash)) !== undefined;
      if (isStored) await putCopy(transaction, { hash, kind, image });
      const changed = color === undefined ? [] : await putColor(transaction, hash, color);
      await transaction.done;
      tellCards(changed);
    },
    async loadCopy(hash: string, kind: CopyKind): Promise<Blob | undefined> {
      return (await database()).get('copies', [hash, kind]);
    },
    /** The copy for small lists: the older thumbnail, else the small copy. */
    async loadThumbnail(hash: string): Promise<Blob | undefined> {
      const { store } = (await database()).transaction('copies');
      return (await store.get([hash, 'thumbnail'])) ?? store.get([hash, 'small']);
    },
  };
}

/** The pictures in this browser's database. */
export const storedPictures = createStoredPictures(connection);

import { type StorageProblem, storageProblem } from '../storage/database';
import type { FileKind } from '../storage/schema';
import { storedPictures } from '../storage/stored-pictures';
import { isReadable } from './readable-blob';

/**
 * Stores a file under its hash, and reads its last byte back: a private window accepts more than it can
 * give back.
 * @returns why it is not stored; null if it is
 */
export async function keepFile(
  hash: string,
  file: Blob,
  kind: FileKind,
): Promise<StorageProblem | null> {
  try {
    if (!(await isReadable(file))) return 'full';
    await storedPictures.savePicture(hash, file, kind);
    const kept = await storedPictures.loadPicture(hash);
    if (kept && (await isReadable(kept))) return null;
    await storedPictures.dropPicture(hash);
    return 'full';
  } catch (error) {
    return storageProblem(error);
  }
}

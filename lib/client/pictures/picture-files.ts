import { history } from '../storage/history';
import { weighBlob } from './weigh-blob';

// Files that have arrived and are not in the browser's storage yet, or cannot be put there.
const fresh = new Map<string, Blob>();

/** Holds a file that has just arrived until it is kept. */
export function rememberPicture(hash: string, file: Blob): void {
  fresh.set(hash, weighBlob(file));
}

/** The file is in the browser's storage: it need not be held any longer. */
export function pictureIsKept(hash: string): void {
  fresh.delete(hash);
}

/** The file of a picture; undefined if it is nowhere any more. */
export async function loadPicture(hash: string): Promise<Blob | undefined> {
  return fresh.get(hash) ?? (await history.loadPicture(hash).catch(() => undefined));
}

/** The same for an action that cannot do without it. @throws Error if it is nowhere any more */
export async function requirePicture(hash: string): Promise<Blob> {
  const file = await loadPicture(hash);
  if (!file) throw new Error('The picture is not kept any more.');
  return file;
}

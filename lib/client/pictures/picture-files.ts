import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { pause } from '../browser/timers';
import type { StorageProblem } from '../storage/database';
import { readPatiently, SlowDatabaseError } from '../storage/database';
import type { FileKind } from '../storage/schema';
import { reportStorageProblem } from '../storage/storage-status';
import { storedPictures } from '../storage/stored-pictures';
import { keepFile } from './keep-file';
import { largeBytes } from './small-copies';
import { weighBlob } from './weigh-blob';

interface FreshFile {
  file: Blob;
  kept: Promise<void>;
  isKept(): void;
}

// Files that have arrived and are not in the browser's storage yet, or cannot be stored.
const fresh = new Map<string, FreshFile>();

// What the reader of an answer is still making of the pictures that have just arrived.
const coming = new Map<string, ReturnType<typeof makeCopies>>();

/**
 * Notes that the copies of a picture are being made. Whoever wants one waits for it instead of decoding the
 * picture once more, which takes a core half a second at 4K. One that comes twice is waited for once.
 * @returns what tells the preview before it is stored, and what says that no more comes
 */
export function awaitCopies(hash: string, file: Blob) {
  const copies = coming.get(hash) ?? makeCopies(hash, file);
  coming.set(hash, copies);
  return copies;
}

function makeCopies(hash: string, { size }: Blob) {
  let previewIsMade = (_preview?: Blob) => {};
  let isOver = () => {};
  const preview = new Promise<Blob | undefined>((resolve) => {
    previewIsMade = resolve;
  });
  const made = new Promise<void>((resolve) => {
    isOver = resolve;
  });
  if (size <= largeBytes) previewIsMade();
  const end = () => {
    previewIsMade();
    isOver();
    coming.delete(hash);
  };
  return { preview, made, previewIsMade, end };
}

/** The preview of a picture that has just arrived; undefined: none comes. */
export async function comingPreview(hash: string): Promise<Blob | undefined> {
  return coming.get(hash)?.preview;
}

/** Waits until the copies of a picture are stored, if it has just arrived. */
export async function untilCopied(hash: string): Promise<void> {
  await coming.get(hash)?.made;
}

/** Holds a file in memory that has just arrived, until it is stored. */
export function rememberPicture(hash: string, file: Blob): void {
  if (fresh.has(hash)) return;
  let isKept = () => {};
  const kept = new Promise<void>((resolve) => {
    isKept = resolve;
  });
  fresh.set(hash, { file: weighBlob(file), kept, isKept });
}

/** Notes that a file could not be stored: it is in memory until there is room, and the page says so. */
export function pictureIsNotKept({
  hash,
  problem,
  kind,
}: {
  hash: string;
  problem: StorageProblem;
  kind: FileKind;
}): void {
  const file = fresh.get(hash)?.file;
  if (!file) {
    reportStorageProblem(problem);
    return;
  }
  const keep = async () => {
    const still = await keepFile(hash, file, kind);
    if (still) throw new Error(`The picture could not be stored: ${still}.`);
    pictureIsKept(hash);
  };
  reportStorageProblem(problem, { name: `picture ${hash}`, keep });
}

/** Drops a file from memory, because it is in the browser's storage. */
export function pictureIsKept(hash: string): void {
  fresh.get(hash)?.isKept();
  fresh.delete(hash);
}

/**
 * The file of a picture; undefined if it is not stored any more.
 * @throws SlowDatabaseError if that is not known yet
 */
export async function loadPicture(hash: string): Promise<Blob | undefined> {
  try {
    return fresh.get(hash)?.file ?? (await storedPictures.loadPicture(hash));
  } catch (error) {
    if (error instanceof SlowDatabaseError) throw error;
    return undefined;
  }
}

/** Those of some pictures that are not stored any more. What cannot be read at the moment is not lost. */
export async function findLostPictures(hashes: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    hashes.map(async (hash) => {
      const file = await readPatiently(() => loadPicture(hash)).catch(() => 'unread');
      return file ? [] : [hash];
    }),
  );
  return found.flat();
}

/** The file for an action that needs it. @throws Error also if it is not stored any more */
export async function requirePicture(hash: string): Promise<Blob> {
  const file = await loadPicture(hash);
  if (!file) throw new Error('The picture is not stored any more.');
  return file;
}

/**
 * A URL for a stored picture, as long as something shows it.
 * @returns undefined until it is loaded; null if it is not stored any more
 */
export function usePictureUrl(hash: string): string | null | undefined {
  return useBlobUrl(hash, loadPicture, findFresh);
}

const findFresh = (hash: string) => fresh.get(hash);

/** A URL for a file at hand, as long as something shows it; undefined in the first render. */
export function useFileUrl(file: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}

/** So long after a picture has arrived nothing about it is done that can wait. */
const calmMs = 2000;

const findNothing = () => undefined;

/**
 * The same as `usePictureUrl` for any file that is loaded by a hash.
 * @param find gives a file that need not be loaded: it is shown in the same frame. Once it is stored, the stored one
 *   takes its place: a URL holds its file, and the browser has room for few of them in memory.
 */
export function useBlobUrl(
  hash: string,
  load: (hash: string) => Promise<Blob | undefined>,
  find: (hash: string) => FreshFile | undefined = findNothing,
): string | null | undefined {
  const [url, setUrl] = useState<string | null>();
  useLayoutEffect(() => {
    let isShown = true;
    let made: string | undefined;
    const show = (file: Blob | undefined) => {
      if (!isShown) return;
      if (made) URL.revokeObjectURL(made);
      made = file && URL.createObjectURL(file);
      setUrl(made ?? null);
    };
    const loaded = () => readPatiently(() => load(hash));
    const found = find(hash);
    if (found) {
      show(found.file);
      // Not while it is being painted: another URL is decoded once more.
      const isCalm = found.kept.then(() => pause(calmMs));
      void isCalm
        .then(() => (isShown ? loaded() : undefined))
        .then(
          (file) => file && show(file),
          () => {},
        );
    } else loaded().then(show, () => show(undefined));
    return () => {
      isShown = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [hash, load, find]);
  return url;
}

/** URLs of several stored pictures by their hashes, as long as something shows them; each keeps its own. */
export function usePictureUrls(hashes: readonly string[]): ReadonlyMap<string, string> {
  const [urls, setUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const made = useRef(new Map<string, string>());
  const wanted = hashes.join(' ');
  useEffect(() => {
    let isShown = true;
    const all = new Set(wanted.split(' '));
    const known = made.current;
    for (const [hash, url] of known) {
      if (all.has(hash)) continue;
      URL.revokeObjectURL(url);
      known.delete(hash);
    }
    const missing = [...all].filter((hash) => !known.has(hash));
    const loads = missing.map(async (hash) => {
      const file = await readPatiently(() => loadPicture(hash)).catch(() => undefined);
      if (file && isShown) known.set(hash, URL.createObjectURL(file));
    });
    void Promise.all(loads).then(() => isShown && setUrls(new Map(known)));
    return () => {
      isShown = false;
    };
  }, [wanted]);
  useEffect(() => {
    const known = made.current;
    return () => {
      for (const url of known.values()) URL.revokeObjectURL(url);
      known.clear();
    };
  }, []);
  return urls;
}

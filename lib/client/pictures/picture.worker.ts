import type { Offer } from '../../core/references/intake';
import { serveWorker } from '../browser/worker-rpc';
import { type ReadFailure, readFile } from '../references/read-file';
import { history, type StorageProblem, storageProblem } from '../storage/history';
import { shrinkBitmap, thumbnailSide } from './small-copies';

// Decodes, hashes and stores files off the main thread, which would freeze with files of 50 MB.

const methods = { shrink, convert, intake, keep };
export type PictureWorker = typeof methods;
serveWorker(methods);

/** A file in the storage. `unkept` is there if it could not be stored. */
interface StoredFile {
  hash: string;
  unkept: { blob: Blob; problem: StorageProblem } | null;
}

async function shrink({ picture, longerSide }: { picture: Blob; longerSide: number }) {
  const whole = await createImageBitmap(picture);
  try {
    return await shrinkBitmap(whole, longerSide);
  } finally {
    whole.close();
  }
}

async function convert({ picture, to }: { picture: Blob; to: Offer }): Promise<Blob> {
  const whole = await createImageBitmap(picture, { imageOrientation: 'from-image' });
  const canvas = new OffscreenCanvas(whole.width, whole.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('A canvas of this size has no context.');
  if (to === 'jpeg') {
    // JPEG has no transparency: without this, transparent pixels would be black.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, whole.width, whole.height);
  }
  context.drawImage(whole, 0, 0);
  whole.close();
  return canvas.convertToBlob({ type: `image/${to}`, quality: 0.92 });
}

/** Reads a stranger's file once, decodes it on trial, and stores it under its hash. */
async function intake({ file }: { file: Blob }): Promise<StoredFile | { failure: ReadFailure }> {
  const read = await readFile(file);
  if ('failure' in read) return read;
  const thumbnail = await shrink({ picture: read.blob, longerSide: thumbnailSide }).catch(
    () => undefined,
  );
  if (!thumbnail) return { failure: 'undecodable' };
  const stored = await store(read);
  if (!stored.unkept) void history.saveCopy(read.hash, 'thumbnail', thumbnail).catch(() => {});
  return stored;
}

/** Stores a file that the app itself has made under its hash. */
async function keep({ file }: { file: Blob }): Promise<StoredFile> {
  const read = await readFile(file);
  if ('failure' in read) throw new Error('A file of this page could not be read.');
  return store(read);
}

async function store({ hash, blob }: { hash: string; blob: Blob }): Promise<StoredFile> {
  try {
    await history.savePicture(hash, blob);
    return { hash, unkept: null };
  } catch (error) {
    return { hash, unkept: { blob, problem: storageProblem(error) } };
  }
}

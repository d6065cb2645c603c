import { readImageHeader } from '../../core/bytes/image-header';
import type { Offer } from '../../core/references/intake';
import { serveWorker } from '../browser/serve-worker';
import type { ReadFailure } from '../references/decide-file';
import { readFile } from '../references/read-file';
import type { StorageProblem } from '../storage/database';
import type { FileKind } from '../storage/schema';
import { storedPictures } from '../storage/stored-pictures';
import { keepFile } from './keep-file';
import { type MeasuredPicture, measurePicture } from './measure-picture';
import { type SmallCopy, shrinkBitmap, smallCopyOf } from './small-copies';
import { weighBlob } from './weigh-blob';

// Decodes, hashes and stores files off the main thread, which would freeze with files of 50 MB.

/** Enough of a file to tell its format and whether it has an alpha channel. */
const headBytes = 128 * 1024;

const methods = { shrink, small, convert, measure, intake, keep };
export type PictureWorker = typeof methods;
serveWorker(methods);

/** A file in the storage. `unkept` is there if it could not be stored. */
interface StoredFile {
  hash: string;
  unkept: { blob: Blob; problem: StorageProblem } | null;
}

/** Decodes a picture as it is seen, and drops its pixels after the work. */
async function decoded<T>(picture: Blob, work: (whole: ImageBitmap) => Promise<T>): Promise<T> {
  const whole = await createImageBitmap(weighBlob(picture));
  try {
    return await work(whole);
  } finally {
    whole.close();
  }
}

async function shrink({
  picture,
  longerSide,
}: {
  picture: Blob;
  longerSide: number;
}): Promise<Blob> {
  const head = await picture.slice(0, headBytes).arrayBuffer();
  const isOpaque = readImageHeader(new Uint8Array(head))?.hasAlpha === false;
  return decoded(picture, (whole) => shrinkBitmap(whole, longerSide, isOpaque));
}

/** Makes the small copy of a picture. */
function small({ picture }: { picture: Blob }): Promise<SmallCopy> {
  return decoded(picture, smallCopyOf);
}

function measure({ picture }: { picture: Blob }): Promise<MeasuredPicture> {
  return decoded(picture, (whole) => measurePicture(picture, whole));
}

function convert({ picture, to }: { picture: Blob; to: Offer }): Promise<Blob> {
  return decoded(picture, async (whole) => {
    const canvas = new OffscreenCanvas(whole.width, whole.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('A canvas of this size has no context.');
    if (to === 'jpeg') {
      // JPEG has no transparency: without this, transparent pixels would be black.
      context.fillStyle = '#fff';
      context.fillRect(0, 0, whole.width, whole.height);
    }
    context.drawImage(whole, 0, 0);
    return canvas.convertToBlob({ type: `image/${to}`, quality: 0.92 });
  });
}

/** Reads a stranger's file once, decodes and measures it, and stores it under its hash. */
async function intake({
  file,
}: {
  file: Blob;
}): Promise<(StoredFile & { measured: NonNullable<MeasuredPicture> }) | { failure: ReadFailure }> {
  const read = await readFile(file);
  if ('failure' in read) return read;
  const seen = await decoded(read.blob, async (whole) => ({
    small: await smallCopyOf(whole),
    measured: await measurePicture(read.blob, whole),
  })).catch(() => undefined);
  if (!seen?.measured) return { failure: 'undecodable' };
  const { measured, small } = seen;
  const stored = await store(read, 'added');
  if (!stored.unkept) {
    void storedPictures.saveCopy(read.hash, 'small', small.copy, small.color).catch(() => {});
  }
  return { ...stored, measured };
}

/** Stores a file that the app itself has made under its hash. */
async function keep({ file, kind }: { file: Blob; kind: FileKind }): Promise<StoredFile> {
  const read = await readFile(file);
  if ('failure' in read) throw new Error('A file of this page could not be read.');
  return store(read, kind);
}

async function store(
  { hash, blob }: { hash: string; blob: Blob },
  kind: FileKind,
): Promise<StoredFile> {
  const problem = await keepFile(hash, blob, kind);
  return { hash, unkept: problem && { blob, problem } };
}

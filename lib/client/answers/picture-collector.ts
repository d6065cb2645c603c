import { type ImageHeader, mediaTypeOf, readImageHeader } from '../../core/bytes/image-header';
import type { PictureKeeper } from '../../core/endpoints/picture-base64';
import { randomId } from '../../core/random-id';
import { createPictureHash } from '../pictures/picture-hash';
import { weighBlob } from '../pictures/weigh-blob';

const pieceBytes = 4 * 1024 * 1024;
const headerBytes = 128 * 1024;

/** The file of a picture of an answer; reported before the event that names its hash. */
export interface PictureFile {
  type: 'file';
  /** SHA-256 of the file, in hex; a name in its place while `hashing`. */
  hash: string;
  hashing?: Promise<string>;
  file: Blob;
  mayBeTransparent: boolean;
}

/**
 * Collects the bytes of one picture in Blobs of a few megabytes, which the browser may keep outside
 * of the page's memory, and hashes them.
 */
export function createPictureCollector(): {
  add(bytes: Uint8Array): void;
  /** How much has come so far. */
  readonly size: number;
  finish(): { blob: Blob; hash: string | Promise<string>; header: ImageHeader | undefined };
} {
  const pieces: Blob[] = [];
  const hash = createPictureHash();
  let pending: BlobPart[] = [];
  let pendingBytes = 0;
  let size = 0;
  let head = new Uint8Array(0);

  const flush = () => {
    if (pendingBytes > 0) pieces.push(new Blob(pending));
    pending = [];
    pendingBytes = 0;
  };

  return {
    add(bytes) {
      if (head.length < headerBytes) head = joined(head, bytes.subarray(0, headerBytes));
      const own = bytes as Uint8Array<ArrayBuffer>;
      hash.update(own);
      pending.push(own);
      pendingBytes += bytes.length;
      size += bytes.length;
      if (pendingBytes >= pieceBytes) flush();
    },
    get size() {
      return size;
    },
    finish() {
      flush();
      const header = readImageHeader(head);
      const type = header ? mediaTypeOf(header.format) : 'application/octet-stream';
      return { blob: weighBlob(new Blob(pieces, { type })), hash: hash.finish(), header };
    },
  };
}

/** Keeps the files of an answer's pictures until they are asked for by their hashes, or names. */
export function createFileKeeper(): {
  keeper: PictureKeeper;
  /** The file of a picture, once; only for those that are pictures of the answer. */
  take(hash: string): PictureFile | undefined;
} {
  const files = new Map<string, PictureFile>();
  return {
    keeper: {
      open() {
        const collector = createPictureCollector();
        return {
          write: (bytes) => collector.add(bytes),
          finish() {
            const { blob, hash: found, header } = collector.finish();
            const hash = typeof found === 'string' ? found : randomId();
            const hashing = typeof found === 'string' ? {} : { hashing: found };
            const mayBeTransparent = header?.hasAlpha === true;
            files.set(hash, { type: 'file', hash, ...hashing, file: blob, mayBeTransparent });
            return { hash, byteLength: blob.size, header };
          },
        };
      },
    },
    take(hash) {
      const file = files.get(hash);
      files.delete(hash);
      return file;
    },
  };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

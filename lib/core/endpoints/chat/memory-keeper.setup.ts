import { createHash } from 'node:crypto';
import { readImageHeader } from '../../bytes/image-header';
import { type PictureKeeper, type PictureWriting, rewriteBase64 } from '../picture-base64';

/** A keeper for tests that holds the files of pictures in memory. */
export function createMemoryKeeper() {
  const files = new Map<string, Buffer>();
  const keeper: PictureKeeper = {
    open() {
      const parts: Buffer[] = [];
      return {
        write: (bytes) => parts.push(Buffer.from(bytes)),
        finish() {
          const file = Buffer.concat(parts);
          const hash = createHash('sha256').update(file).digest('hex');
          files.set(hash, file);
          return { hash, byteLength: file.length, header: readImageHeader(file) };
        },
      };
    },
  };
  return {
    keeper,
    files,
    /** The text that a kept file came as. */
    textOf({ hash, writing }: { hash: string; writing: PictureWriting }): string {
      const base64 = files.get(hash)?.toString('base64') ?? '';
      return writing.prefix + rewriteBase64(base64, writing);
    },
  };
}

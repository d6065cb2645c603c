import 'server-only';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Opens a file of the spool; the tests give one that fails. */
export type OpenFile = (
  path: string,
  flags: 'w' | 'r' | 'r+',
) => Promise<Pick<FileHandle, 'writev' | 'read' | 'close'>>;

/** Opens a file, making its folder where it has to be made. */
export const openSpoolFile: OpenFile = async (path, flags) => {
  if (flags === 'w') await mkdir(/*turbopackIgnore: true*/ dirname(path), { recursive: true });
  return open(/*turbopackIgnore: true*/ path, flags);
};

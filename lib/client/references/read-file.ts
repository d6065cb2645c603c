import { createPictureCollector } from '../answers/picture-collector';
import { type ReadFailure, readFailure } from './decide-file';

/**
 * Reads a file to its end, once: what is hashed, kept and sent later are the same bytes, whatever
 * becomes of the file on the disk.
 */
export async function readFile(
  file: Blob,
): Promise<{ hash: string; blob: Blob } | { failure: ReadFailure }> {
  const collector = createPictureCollector();
  try {
    const reader = file.stream().getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      collector.add(piece.value);
    }
  } catch (error) {
    return { failure: readFailure(error) };
  }
  // A file that was cut short while it was read may end without an error.
  if (collector.size !== file.size) return { failure: 'changed' };
  const { hash, blob } = collector.finish();
  return { hash: await hash, blob };
}

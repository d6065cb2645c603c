import { inPieces } from '../../core/gallery/in-pieces';
import { uniqueNames } from '../../core/pictures/file-name';
import { type NamedBlob, saveBlob, zipPictures } from './downloads';

/** No ZIP is larger: what packs it holds it in memory, or on the disk where that is full soon. */
const mostBytes = 400_000_000;

/**
 * Saves files in ZIPs of at most 400 MB each.
 * @param listsOf gives further files for a ZIP that holds these; their names are unique by then
 */
export async function saveZips<File extends NamedBlob & { bytes: number }>(
  found: readonly File[],
  { stem, listsOf }: { stem: string; listsOf(piece: readonly File[]): NamedBlob[] },
): Promise<void> {
  const names = uniqueNames(found.map(({ name }) => name));
  const named = found.map((one, index) => ({ ...one, name: names[index] ?? one.name }));
  const pieces = inPieces(named, mostBytes);
  for (const [index, piece] of pieces.entries()) {
    const files = [...piece.map(({ name, blob }) => ({ name, blob })), ...listsOf(piece)];
    const number = pieces.length > 1 ? `-${index + 1}-of-${pieces.length}` : '';
    saveBlob(await zipPictures(files), `${stem}${number}.zip`);
  }
}

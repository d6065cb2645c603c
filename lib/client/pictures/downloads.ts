import { uniqueNames } from '../../core/pictures/file-name';
import { weighBlob } from './weigh-blob';

/** A file to pack. */
export interface NamedBlob {
  name: string;
  blob: Blob;
}

/** Packs files into one ZIP without compression, because pictures are compressed already. */
export async function zipPictures(
  files: readonly NamedBlob[],
  lastModified = new Date(),
): Promise<Blob> {
  // Loaded at the first ZIP.
  const { downloadZip } = await import('client-zip');
  const names = uniqueNames(files.map(({ name }) => name));
  const entries = files.map(({ blob }, index) => ({
    name: names[index] ?? '',
    input: blob,
    size: blob.size,
    lastModified,
  }));
  return weighBlob(await downloadZip(entries).blob());
}

// The browser may read the file long after the click; other libraries wait a minute too.
const readingMs = 60_000;

/** Saves a file to the visitor's downloads. */
export function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), readingMs);
}

// A browser may still be reading the file long after the click; a minute is what others allow too.
const readingMs = 60_000;

/** Saves a file to the visitor's downloads. */
export function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), readingMs);
}

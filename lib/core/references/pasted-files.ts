/**
 * Whether the files on a clipboard are meant, and not the text beside them: office programs put a
 * picture of the copied text there as well, file managers the names of the copied files.
 * @param text the clipboard's plain text; empty if it has none
 * @param isTextField whether the paste goes to where text can be typed
 */
export function takesPastedFiles(
  fileNames: readonly string[],
  text: string,
  isTextField: boolean,
): boolean {
  if (fileNames.length === 0) return false;
  if (!isTextField || text.trim() === '') return true;
  const lines = text.trim().split(/\r?\n/);
  return lines.every((line) => fileNames.some((name) => line.endsWith(name)));
}

/**
 * Whether the files on a clipboard are meant, and not the text beside them: office programs put a
 * picture of the copied text there as well, file managers the names of the copied files.
 */
export function takesPastedFiles({
  fileNames,
  text,
  isTextField,
}: {
  fileNames: readonly string[];
  /** The clipboard's plain text; empty if it has none. */
  text: string;
  /** The paste goes to where text can be typed. */
  isTextField: boolean;
}): boolean {
  if (fileNames.length === 0) return false;
  if (!isTextField || text.trim() === '') return true;
  const lines = text.trim().split(/\r?\n/);
  return lines.every((line) => fileNames.some((name) => line.endsWith(name)));
}

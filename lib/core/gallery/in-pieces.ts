/**
 * Divides files into groups of at most so many bytes, in their order. One that is larger than that has a
 * group of its own.
 */
export function inPieces<T extends { bytes: number }>(files: readonly T[], most: number): T[][] {
  const pieces: T[][] = [];
  let room = 0;
  for (const file of files) {
    const last = pieces.at(-1);
    if (last && file.bytes <= room) last.push(file);
    else {
      pieces.push([file]);
      room = most;
    }
    room -= file.bytes;
  }
  return pieces;
}

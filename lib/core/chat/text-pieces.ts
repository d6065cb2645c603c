const usualPiece = 4096;

/**
 * Cuts a long text into pieces that are shown one below the other: between two lines if there are any,
 * else between two words. The line break at a cut is in no piece.
 */
export function piecesOfText(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > 2 * usualPiece) {
    const near = rest.slice(0, usualPiece);
    const line = near.lastIndexOf('\n');
    const word = near.lastIndexOf(' ') + 1;
    // Not between the halves of a character.
    const hard = /[\uD800-\uDBFF]$/.test(near) ? near.length - 1 : near.length;
    const end = line > 0 ? line : word || hard;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(line > 0 ? end + 1 : end);
  }
  return [...pieces, rest];
}

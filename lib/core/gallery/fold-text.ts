/**
 * A text as searches compare it: without letter case, accents and the differences of width that
 * Unicode calls compatible (NFKC), with single spaces. Scripts without spaces stay as they are.
 */
export function foldText(text: string): string {
  return (
    text
      .normalize('NFKD')
      // Accents of European scripts and the selectors of an emoji's look. Vowel signs of others stay.
      .replace(/[\u0300-\u036f\ufe0e\ufe0f]/g, '')
      // Upper case first: ß and ẞ become ss, and all forms of sigma one.
      .toUpperCase()
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .normalize('NFC')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

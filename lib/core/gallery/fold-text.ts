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
      // By way of upper case ß becomes ss, and all forms of sigma one; ẞ becomes ß before.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .normalize('NFC')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

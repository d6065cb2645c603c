/**
 * Reads an address. `URL.canParse` is not in the oldest browsers that pages are for.
 * @param base the address that a relative one is relative to
 * @returns undefined if the text is no address
 */
export function readAddress(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

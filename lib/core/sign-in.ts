import { readAddress } from './address';
import { countCharacters } from './validation';

/** The most characters of a name (Unicode code points). */
export const maxNameCharacters = 64;

export type NameProblem = 'empty' | 'too_long' | 'control';

// Control characters, halves of surrogate pairs, and the signs that turn the direction of writing
// round: what could make a line of a log say something else.
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The name given at the sign-in, as the audit log has it, or what is wrong with it. */
export function readName(text: string): { name: string } | { problem: NameProblem } {
  const name = text.trim();
  if (name === '') return { problem: 'empty' };
  if (unfit.test(name)) return { problem: 'control' };
  return countCharacters(name) > maxNameCharacters ? { problem: 'too_long' } : { name };
}

/** The most characters of a name that a proxy gives: an address of e-mail, or an identifier. */
const maxTrustedCharacters = 256;

/**
 * The name of a person as a trusted proxy sends it in a header, in UTF-8. Commas are refused, since two headers
 * joined into one look so; outer spaces, since a name with them is another name and looks the same.
 * @returns undefined if it is no name
 */
export function readTrustedName(bytes: Uint8Array): string | undefined {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const isFit = name !== '' && name === name.trim() && !unfit.test(name) && !name.includes(',');
  return isFit && countCharacters(name) <= maxTrustedCharacters ? name : undefined;
}

/** The header in which a page says for whom it was rendered (`personTag`). */
export const personHeader = 'person';
/** The cookie that says whose the work is that this browser keeps, as pages write it. */
export const personCookie = 'person';

const nowhere = 'http://nowhere.invalid';

/**
 * The page to return to after the sign-in, as a path of this server; `/` if the text leads anywhere
 * else. The text comes from the address, so it cannot be trusted.
 */
export function readReturnPath(text: unknown): string {
  if (typeof text !== 'string' || !text.startsWith('/')) return '/';
  const url = readAddress(text, nowhere);
  if (!url) return '/';
  const { origin, pathname, search, hash } = url;
  // `//host` and `/\\host` have an origin of their own, and a path may still come out as one.
  const isOurs = origin === nowhere && !pathname.startsWith('//');
  const isPage = isOurs && !/^\/(sign-in|api)(\/|$)/.test(pathname);
  return isPage ? pathname + search + hash : '/';
}

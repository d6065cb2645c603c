const nowhere = 'http://nowhere.invalid';

/**
 * Where somebody wanted to go before the sign-in, as a path of this server; `/` if the text leads
 * anywhere else. It comes from the address, so anybody may have written it.
 */
export function readReturnPath(text: unknown): string {
  if (typeof text !== 'string' || !text.startsWith('/') || !URL.canParse(text, nowhere)) return '/';
  const { origin, pathname, search, hash } = new URL(text, nowhere);
  // `//host` and `/\\host` have an origin of their own, and a path may still come out as one.
  const isOurs = origin === nowhere && !pathname.startsWith('//');
  const isPage = isOurs && !/^\/(sign-in|api)(\/|$)/.test(pathname);
  return isPage ? pathname + search + hash : '/';
}

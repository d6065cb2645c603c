import { randomId } from '../../core/random-id';
import { visitorHeader } from '../../core/runs/run';
import { personHeader } from '../../core/sign-in';

interface CookielessBrowser {
  document?: { cookie: string };
  localStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * The name of the visitor in a browser that keeps no cookies. Without one the server could not tell
 * whose a run is, and nobody could read an answer that is paid for.
 * @returns undefined where cookies are kept, and outside of a page (a worker is told by its page)
 */
export function createVisitorName(browser: CookielessBrowser): () => string | undefined {
  let name: string | undefined;
  let isNeeded: boolean | undefined;
  return () => {
    isNeeded ??= browser.document !== undefined && !keepsCookies(browser.document);
    if (!isNeeded) return undefined;
    name ??= find();
    return name;
  };

  function find(): string {
    const made = randomId();
    try {
      const kept = browser.localStorage.getItem('visitor');
      if (kept) return kept;
      browser.localStorage.setItem('visitor', made);
    } catch {
      // Storage is mostly forbidden together with cookies: the name holds until the page is left.
    }
    return made;
  }
}

// Measured with a cookie: navigator.cookieEnabled is true in a Chromium that blocks every cookie.
function keepsCookies(page: { cookie: string }): boolean {
  try {
    page.cookie = 'cookies=kept; Path=/; SameSite=Strict';
    const isKept = page.cookie.includes('cookies=kept');
    page.cookie = 'cookies=; Path=/; SameSite=Strict; Max-Age=0';
    return isKept;
  } catch {
    return false;
  }
}

const ownName = createVisitorName(globalThis as unknown as CookielessBrowser);
let toldHeaders: Record<string, string> | undefined;

/**
 * The headers in which a page says whose it is: the visitor, where no cookie does, and the person for whom the
 * page was rendered, where a proxy names people: somebody else may have signed in there since.
 */
export function pageHeaders(): Record<string, string> {
  if (toldHeaders) return toldHeaders;
  const visitor = ownName();
  const person = globalThis.document?.documentElement.dataset.person;
  return {
    ...(visitor !== undefined && { [visitorHeader]: visitor }),
    ...(person !== undefined && { [personHeader]: person }),
  };
}

/** Sets the headers in a worker, as its page has them. */
export function takePageHeaders(headers: Record<string, string>): void {
  toldHeaders = headers;
}

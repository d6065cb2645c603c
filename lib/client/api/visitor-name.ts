import { randomId } from '../browser/random-id';

interface CookielessBrowser {
  document?: { cookie: string };
  localStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * What this browser calls itself where it keeps no cookies: without a name of the visitor the server
 * could not tell whose a run is, and its answer would be made and paid for in vain.
 * @returns undefined where there are cookies, and in a worker, which is told by its page, or without a browser
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
      // Mostly storage is forbidden together with cookies: it holds until the page is left.
    }
    return made;
  }
}

// Tried out: navigator.cookieEnabled is true in a Chromium whose settings block every cookie.
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
let toldName: string | undefined;

/** What this browser calls itself; undefined where its cookie says that. */
export function visitorName(): string | undefined {
  return toldName ?? ownName();
}

/** Takes over the name that the page of this worker has. */
export function takeVisitorName(name: string | undefined): void {
  toldName = name;
}

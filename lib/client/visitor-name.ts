import { randomId } from './random-id';

interface CookielessBrowser {
  navigator?: { cookieEnabled?: boolean };
  localStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * What this browser calls itself where it keeps no cookies: without a name of the visitor the server
 * could not tell whose a run is, and its answer would be made and paid for in vain.
 * @returns undefined where there are cookies, and in a worker, which is told by its page, or without a browser
 */
export function createVisitorName(browser: CookielessBrowser): () => string | undefined {
  let name: string | undefined;
  return () => {
    if (browser.navigator?.cookieEnabled !== false) return undefined;
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

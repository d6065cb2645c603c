import { useEffect } from 'react';
import { keptCookie } from '../../core/kept-cookie';

const aYear = 365 * 24 * 60 * 60;

/** Stores something in a cookie for a year, so that the server's first render is right. */
export function keepCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http
  document.cookie = `${name}=${value}; path=/; max-age=${aYear}; samesite=lax`;
}

/** Tells the server's next render that this browser keeps something that takes the place of an empty page's examples. */
export function useKept(isKept: boolean): void {
  useEffect(() => {
    if (isKept) keepCookie(keptCookie, '1');
  }, [isKept]);
}

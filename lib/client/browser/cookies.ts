const aYear = 365 * 24 * 60 * 60;

/** Stores something in a cookie for a year, so that the server's first render is right. */
export function keepCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http
  document.cookie = `${name}=${value}; path=/; max-age=${aYear}; samesite=lax`;
}

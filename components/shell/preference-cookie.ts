const aYear = 365 * 24 * 60 * 60;

/** Keeps a preference where the server sees it, so that the first paint is right. */
export function keepPreference(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http
  document.cookie = `${name}=${value}; path=/; max-age=${aYear}; samesite=lax`;
}

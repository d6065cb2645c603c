const key = 'results-width';

/** The width that was given to the column of results, in CSS pixels; undefined: none was. */
export function loadResultsWidth(): number | undefined {
  try {
    const width = Number(localStorage.getItem(key) ?? Number.NaN);
    return Number.isFinite(width) ? width : undefined;
  } catch {
    return undefined;
  }
}

/** @param width undefined: the usual one */
export function keepResultsWidth(width: number | undefined): void {
  try {
    if (width === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, String(width));
  } catch {
    // Forbidden or full. The next visit starts with the usual width.
  }
}

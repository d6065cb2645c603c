/** A size as people read it, `1536 × 1024`; anything that is no size comes back as it is. */
export function formatSizeForPeople(size: string): string {
  return size.replace(/^(\d+)x(\d+)$/, '$1 × $2');
}

/** Where a key leads in a list, whichever way the list lies; undefined where it leads nowhere. */
export function listStep({
  event: { key, ctrlKey, metaKey, altKey, shiftKey },
  index,
  count,
  page,
}: {
  event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };
  index: number;
  count: number;
  /** How many items a page key passes. */
  page: number;
}): number | undefined {
  if (ctrlKey || metaKey || altKey || shiftKey || count === 0) return undefined;
  const to = {
    ArrowUp: index - 1,
    ArrowLeft: index - 1,
    ArrowDown: index + 1,
    ArrowRight: index + 1,
    PageUp: index - page,
    PageDown: index + page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}

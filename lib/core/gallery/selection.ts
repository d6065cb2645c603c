/** Which tiles are selected, by their keys. */
export interface Selection {
  keys: ReadonlySet<string>;
  /** From where Shift extends; null before anything was chosen. */
  anchor: string | null;
}

/** What is done to a selection (multi-select listbox, WAI-ARIA practices). */
export type SelectionChange =
  /** Ctrl, ⌘, X, or a tap once something is selected. */
  | { type: 'toggle'; key: string }
  /** Shift held with an arrow: the first step begins where the focus is. */
  | { type: 'begin'; key: string }
  /** Shift: everything from the anchor to here, in the order of the list. */
  | { type: 'extend'; key: string }
  /** What a marquee touches, beside what was selected before it began. */
  | { type: 'touch'; keys: readonly string[]; before: ReadonlySet<string> }
  | { type: 'all' }
  | { type: 'clear' };

export const emptySelection: Selection = { keys: new Set(), anchor: null };

/**
 * The selection after a change.
 * @param order the keys of all that is found, in their order
 */
export function changeSelection(
  selection: Selection,
  change: SelectionChange,
  order: readonly string[],
): Selection {
  const { keys, anchor } = selection;
  switch (change.type) {
    case 'toggle': {
      const next = new Set(keys);
      if (!next.delete(change.key)) next.add(change.key);
      return { keys: next, anchor: change.key };
    }
    case 'begin':
      return { keys: new Set([...keys, change.key]), anchor: change.key };
    case 'extend': {
      const to = order.indexOf(change.key);
      const from = anchor === null ? to : order.indexOf(anchor);
      if (to === -1) return selection;
      const start = from === -1 ? to : from;
      const range = order.slice(Math.min(start, to), Math.max(start, to) + 1);
      return { keys: new Set([...keys, ...range]), anchor: from === -1 ? change.key : anchor };
    }
    case 'touch':
      return { keys: new Set([...change.before, ...change.keys]), anchor };
    case 'all':
      return { keys: new Set(order), anchor };
    case 'clear':
      return emptySelection;
  }
}

/** The selection without what is not found any more: what is not seen must not be acted on. */
export function withinFound(selection: Selection, found: ReadonlySet<string>): Selection {
  const keys = [...selection.keys].filter((key) => found.has(key));
  return keys.length === selection.keys.size ? selection : { ...selection, keys: new Set(keys) };
}

/**
 * What has the focus after tiles are gone: the next one that stays, else the one before; null if none
 * is left.
 */
export function nextAfter(
  order: readonly string[],
  key: string,
  gone: ReadonlySet<string>,
): string | null {
  if (!gone.has(key)) return key;
  const place = order.indexOf(key);
  const stays = (other: string) => !gone.has(other);
  return order.slice(place).find(stays) ?? order.slice(0, place).findLast(stays) ?? null;
}

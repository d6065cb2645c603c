/** What a tab's title says about the runs. */
export interface TabNews {
  /** How many are under way. */
  underWay: number;
  /** The outcome of the runs that ended while the tab was hidden; null: none has. */
  ended: 'done' | 'failed' | null;
}

const mark = /^(\(\d+\) |[✓✗] )/;

/** Puts the news before a page's title, in place of earlier news. */
export function tabTitle(title: string, { underWay, ended }: TabNews): string {
  const own = title.replace(mark, '');
  if (underWay > 0) return `(${underWay}) ${own}`;
  if (ended === null) return own;
  return `${ended === 'done' ? '✓' : '✗'} ${own}`;
}

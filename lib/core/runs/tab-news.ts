/** What a tab's title tells of the runs. */
export interface TabNews {
  /** How many are under way. */
  underWay: number;
  /** How those that ended while nobody looked at the tab did; null: none has. */
  ended: 'done' | 'failed' | null;
}

const mark = /^(\(\d+\) |[✓✗] )/;

/** A page's title with what there is to tell before it, in place of what was told before. */
export function tabTitle(title: string, { underWay, ended }: TabNews): string {
  const own = title.replace(mark, '');
  if (underWay > 0) return `(${underWay}) ${own}`;
  if (ended === null) return own;
  return `${ended === 'done' ? '✓' : '✗'} ${own}`;
}

/** A share from 0 to 1 in whole percent. */
export const inPercent = (share: number): number => Math.round(100 * share);

/** Such as `64% (52–74)`, in either language. */
export function formatShare(share: number, interval?: readonly [number, number]): string {
  if (!interval) return `${inPercent(share)}%`;
  return `${inPercent(share)}% (${interval.map(inPercent).join('–')})`;
}

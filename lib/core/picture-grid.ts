/** How many columns show a number of pictures of one shape best on a wide screen. */
export function gridColumns(count: number): number {
  if (count <= 3) return Math.max(1, count);
  if (count === 4) return 2;
  return count <= 6 || count === 9 ? 3 : 4;
}

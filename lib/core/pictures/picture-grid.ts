// The stage of a usual screen (1440 × 900) without what stands round the pictures, in pixels.
const stage = { width: 980, height: 736 };
const gap = 12;
const caption = 34;

/**
 * How many columns show pictures of one shape best on a wide screen: those with the largest tiles when
 * all of them are in view at once. Empty places in the last row count against it.
 * @param aspect width over height of one picture
 */
export function gridColumns({ count, aspect }: { count: number; aspect: number }): number {
  let best = { columns: 1, score: 0 };
  // Three above each other would be a column to scroll through: the page shows two rows at once.
  for (let columns = count > 2 ? 2 : 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const across = (stage.width - (columns - 1) * gap) / columns;
    const down = stage.height / rows - caption;
    const tile = Math.min(across, down * aspect);
    // With more than a few rows nothing is left beside the captions.
    const score = tile > 0 ? (tile ** 2 * count) / (rows * columns) : 0;
    if (score > best.score) best = { columns, score };
  }
  return best.columns;
}

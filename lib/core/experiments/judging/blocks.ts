/** A picture of an experiment, with its value on every axis. */
export interface PlacedPicture {
  /** The key of its cell. */
  cell: string;
  /** The hash of its bytes. */
  picture: string;
  /** By axis; the number of a repeat counts as a value too. */
  values: Readonly<Record<string, string>>;
}

/** Pictures that agree in everything but the axis that is asked about: only these are compared. */
export interface Block {
  /** Written from the values on the other axes, so that it is the same on every machine. */
  id: string;
  /** By value on the asked axis. */
  pictures: ReadonlyMap<string, PlacedPicture>;
}

/** The blocks in which at least two pictures can be compared, in the order of their first pictures. */
export function blocksOf(pictures: readonly PlacedPicture[], axis: string): Block[] {
  const blocks = new Map<string, Map<string, PlacedPicture>>();
  for (const picture of pictures) {
    const value = picture.values[axis];
    if (value === undefined) continue;
    const id = blockId(picture.values, axis);
    const block = blocks.get(id) ?? new Map<string, PlacedPicture>();
    block.set(value, picture);
    blocks.set(id, block);
  }
  return [...blocks]
    .map(([id, inBlock]) => ({ id, pictures: inBlock }))
    .filter((block) => comparablePairs(block).length > 0);
}

/** The pairs of values of a block. What was sent once for two values is one picture, not a pair. */
export function comparablePairs({ pictures }: Block): [string, string][] {
  const entries = [...pictures];
  return entries.flatMap(([first, { cell }], index) =>
    entries
      .slice(index + 1)
      .filter(([, other]) => other.cell !== cell)
      .map(([second]): [string, string] => [first, second]),
  );
}

function blockId(values: PlacedPicture['values'], axis: string): string {
  const others = Object.entries(values).filter(([name]) => name !== axis);
  return JSON.stringify(others.sort(([one], [other]) => (one < other ? -1 : 1)));
}

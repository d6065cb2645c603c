import 'server-only';
import type { WantedRoom } from './room';

/** What is asked of a run here. */
interface Held {
  /** The person whose run it is. */
  owner: string;
  /** Bytes that its answer has on the disk, or reserved there. */
  diskBytes: number;
  /** When it ended; null: it is under way. */
  endedAt: number | null;
  /** Whether somebody has read its answer to the end. */
  isRead: boolean;
}

type Kind = 'read' | 'unread';

/** A person's share of the room, and the answers that may be removed. */
interface Holder<Run> {
  bytes: number;
  read: Run[];
  unread: Run[];
}

/**
 * Chooses answers to be removed to make room for another of a person. What was read goes first, of
 * whoever holds most, the oldest first; then what was not read, in the same way. Whoever holds more
 * than twice as much as anybody else is greedy, and gets room only for what it has read itself. Nobody
 * else's unread answer goes for somebody who holds as much.
 * @returns none if all that may go would not free so many bytes
 */
export function chooseSwept<Run extends Held>(
  runs: Iterable<Run>,
  { bytes, owner, held }: WantedRoom,
): Run[] {
  const holders = new Map<string, Holder<Run>>();
  const holderOf = (name: string) => {
    const holder = holders.get(name) ?? { bytes: 0, read: [], unread: [] };
    holders.set(name, holder);
    return holder;
  };
  for (const run of runs) {
    const holder = holderOf(run.owner);
    holder.bytes += run.diskBytes;
    if (run.endedAt !== null && run.diskBytes > 0) holder[run.isRead ? 'read' : 'unread'].push(run);
  }
  const own = holderOf(owner);
  // What it has for this answer makes nobody greedy.
  own.bytes -= held;
  const others = [...holders.values()].filter((holder) => holder !== own);
  const isGreedy = others.every((other) => own.bytes > 2 * other.bytes);

  const chosen: Run[] = [];
  let left = bytes;
  const sweep = (kind: Kind, from: Holder<Run>[], last?: Holder<Run>) => {
    for (const holder of last ? [...from, last] : from) holder[kind].sort(newestFirst);
    const queue = from.filter((holder) => holder[kind].length > 0).sort(byLoss(kind));
    while (left > 0) {
      const most = queue.at(-1);
      const isLast = last !== undefined && (most?.bytes ?? 0) <= last.bytes;
      const holder = isLast ? last : queue.pop();
      const run = holder?.[kind].pop();
      if (!holder || !run) return;
      chosen.push(run);
      holder.bytes -= run.diskBytes;
      left -= run.diskBytes;
      if (!isLast && holder[kind].length > 0) insert(queue, holder, byLoss(kind));
    }
  };
  sweep('read', isGreedy ? [own] : [own, ...others]);
  if (!isGreedy) sweep('unread', others, own);
  return left > 0 ? [] : chosen;
}

const newestFirst = (a: Held, b: Held) => Number(b.endedAt) - Number(a.endedAt);

/** Orders who loses an answer: at the end who holds most, or of equals who has the oldest. */
function byLoss(kind: Kind) {
  const oldest = (holder: Holder<Held>) => Number(holder[kind].at(-1)?.endedAt);
  return (a: Holder<Held>, b: Holder<Held>) => a.bytes - b.bytes || oldest(b) - oldest(a);
}

/** Puts an item where it belongs in a sorted list. */
function insert<Item>(sorted: Item[], item: Item, compare: (a: Item, b: Item) => number): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle] as Item, item) < 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, item);
}

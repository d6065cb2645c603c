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
  const sweep = (kind: 'read' | 'unread', from: Holder<Run>[]) => {
    // The last is the oldest.
    for (const holder of from) holder[kind].sort((a, b) => Number(b.endedAt) - Number(a.endedAt));
    while (left > 0) {
      const run = nextHolder(kind, from, own)?.[kind].pop();
      if (!run) return;
      chosen.push(run);
      holderOf(run.owner).bytes -= run.diskBytes;
      left -= run.diskBytes;
    }
  };
  sweep('read', isGreedy ? [own] : [own, ...others]);
  if (!isGreedy) sweep('unread', [own, ...others]);
  return left > 0 ? [] : chosen;
}

/** Who loses the next answer: whoever holds most of those who have one, or the oldest of equals. */
function nextHolder<Run extends Held>(
  kind: 'read' | 'unread',
  holders: Holder<Run>[],
  own: Holder<Run>,
): Holder<Run> | undefined {
  let next: Holder<Run> | undefined;
  const oldest = (holder: Holder<Run>) => Number(holder[kind].at(-1)?.endedAt);
  for (const holder of holders) {
    if (holder[kind].length === 0) continue;
    if (kind === 'unread' && holder !== own && holder.bytes <= own.bytes) continue;
    const more = holder.bytes - (next?.bytes ?? 0);
    if (!next || more > 0 || (more === 0 && oldest(holder) < oldest(next))) next = holder;
  }
  return next;
}

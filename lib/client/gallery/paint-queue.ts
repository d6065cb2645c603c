/** What came of a picture for a tile: its pixels, or why there are none. */
export type Painted = { bitmap: ImageBitmap } | { trouble: 'gone' | 'undecodable' };

/** A picture that a tile wants. */
export interface PaintWish {
  hash: string;
  /** How many device pixels high it is shown. */
  height: number;
  /** Whether the picture itself is decoded where its small copy has fewer pixels. */
  isSharp?: boolean;
  /** How far it is from being looked at; the nearest is next. Asked again before each start. */
  distance: () => number;
  onPainted: (painted: Painted) => void;
}

/** How a picture is read and decoded. */
export type Paint = (wish: PaintWish, signal: AbortSignal) => Promise<Painted>;

/**
 * Reads pictures for tiles, a few at a time, the nearest first. What is not wanted any more is dropped:
 * before it starts, or when it arrives.
 * @param most how many are read at a time
 */
export function createPaintQueue(paint: Paint, most: number) {
  const waiting = new Set<PaintWish>();
  let busy = 0;
  let isHeld = false;
  const onSettled: (() => void)[] = [];

  const goOn = () => {
    while (!isHeld && busy < most && waiting.size > 0) {
      const next = nearest([...waiting]);
      waiting.delete(next);
      busy++;
      void start(next).finally(() => {
        busy--;
        goOn();
      });
    }
    if (busy + waiting.size > 0) return;
    for (const tell of onSettled.splice(0)) tell();
  };
  const aborters = new Map<PaintWish, AbortController>();
  const start = async (wish: PaintWish) => {
    const aborter = new AbortController();
    aborters.set(wish, aborter);
    const painted = await paint(wish, aborter.signal).catch(
      (): Painted => ({ trouble: 'undecodable' }),
    );
    const isWanted = aborters.delete(wish);
    if (isWanted) wish.onPainted(painted);
    else if ('bitmap' in painted) painted.bitmap.close();
  };

  return {
    /** Wants a picture. @returns how to let it go */
    want(wish: PaintWish): () => void {
      waiting.add(wish);
      // All tiles of a view wish in one go: the first to wish need not be the nearest.
      queueMicrotask(goOn);
      return () => {
        waiting.delete(wish);
        aborters.get(wish)?.abort();
        aborters.delete(wish);
      };
    },
    /** Resolves once every picture that is wanted is there. */
    settled(): Promise<void> {
      if (busy + waiting.size === 0) return Promise.resolve();
      return new Promise((resolve) => onSettled.push(resolve));
    },
    /** Starts nothing while it is held. */
    hold(held: boolean): void {
      isHeld = held;
      goOn();
    },
  };
}

function nearest([first, ...others]: PaintWish[]): PaintWish {
  if (!first) throw new Error('Nothing is wanted.');
  // To ask lays the page out, which one that is alone need not.
  if (others.length === 0) return first;
  let found = { wish: first, distance: first.distance() };
  for (const wish of others) {
    const distance = wish.distance();
    if (distance < found.distance) found = { wish, distance };
  }
  return found.wish;
}

import 'server-only';

/** Decides when a request begins to be worked on. */
export interface Turns {
  /**
   * Begins at once if this turn of the event loop has nothing else to do, or else in a later one: a turn
   * begins at most one request, and of those that wait first one that is ready.
   * @param isReady whether all of it has come
   */
  begin(start: () => void, isReady?: () => boolean): void;
  /**
   * The same for what keeps the processor busy: at most `maxBusy` at once.
   * @param start is given what to call when the work is done; calling it again does nothing
   */
  beginBusy(start: (done: () => void) => void): void;
  /** A connection was opened in this turn. */
  opened(): void;
}

// Node accepts one connection in each turn. While a crowd comes in, turns have to be short, or whoever
// comes last, a health check perhaps, waits for the work of all before him. But some work goes on.
const longestPauseMs = 50;

/**
 * @param nextTurn calls back in this turn, after everything that has arrived was read; what it is given
 * then comes in the next turn
 */
export function createTurns(
  maxBusy: number,
  nextTurn: (callback: () => void) => void = setImmediate,
): Turns {
  const waiting: { start: () => void; isReady: () => boolean }[] = [];
  const waitingBusy: ((done: () => void) => void)[] = [];
  let isTaken = false;
  let hasOpened = false;
  let isScheduled = false;
  let lastStart = 0;
  let busy = 0;

  const schedule = () => {
    if (!isScheduled) nextTurn(turn);
    isScheduled = true;
  };
  const turn = () => {
    const isCrowded = hasOpened && performance.now() - lastStart < longestPauseMs;
    isScheduled = false;
    isTaken = false;
    hasOpened = false;
    if (waiting.length === 0) return;
    schedule();
    if (isCrowded) return;
    const ready = waiting.findIndex(({ isReady }) => isReady());
    const [next] = waiting.splice(Math.max(ready, 0), 1);
    if (next) startNow(next.start);
  };
  const startNow = (start: () => void) => {
    isTaken = true;
    lastStart = performance.now();
    schedule();
    start();
  };
  const begin = (start: () => void, isReady = () => true) => {
    if (!isTaken && !hasOpened && waiting.length === 0) {
      startNow(start);
      return;
    }
    waiting.push({ start, isReady });
    schedule();
  };
  const run = (start: (done: () => void) => void) => {
    let isDone = false;
    busy += 1;
    begin(() =>
      start(() => {
        if (isDone) return;
        isDone = true;
        busy -= 1;
        const next = waitingBusy.shift();
        if (next) run(next);
      }),
    );
  };

  return {
    begin,
    beginBusy(start) {
      if (busy < maxBusy) run(start);
      else waitingBusy.push(start);
    },
    opened() {
      hasOpened = true;
      schedule();
    },
  };
}

/**
 * Lets at most so many through at once, in the order in which they came. A browser gives one server
 * six connections; four for the runs leave two for everything else.
 */
export function createConnectionLimit(limit = 4): {
  /** Resolves when there is a place; its result gives the place back. Rejects when aborted. */
  enter(signal: AbortSignal): Promise<() => void>;
} {
  let free = limit;
  const waiting: (() => void)[] = [];

  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  const once = () => {
    let isOut = false;
    return () => {
      if (!isOut) leave();
      isOut = true;
    };
  };

  return {
    enter(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (free > 0) {
          free--;
          return resolve(once());
        }
        const admit = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(once());
        };
        const giveUp = () => {
          waiting.splice(waiting.indexOf(admit), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.push(admit);
      });
    },
  };
}

/** Runs at most so many tasks at a time, the others in the order in which they came. */
export type Limiter = <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Makes a limiter; a waiting task whose signal aborts leaves the queue at once. */
export function createLimiter(slots: number): Limiter {
  let running = 0;
  const waiting = new Set<() => void>();

  const enter = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    if (running >= slots) {
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          waiting.delete(proceed);
          reject(signal.reason);
        };
        const proceed = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        waiting.add(proceed);
        signal.addEventListener('abort', leave, { once: true });
      });
      // The slot was handed over by the task that ended, so `running` already counts this one.
      return;
    }
    running++;
  };

  const leave = () => {
    const [next] = waiting;
    if (!next) {
      running--;
      return;
    }
    waiting.delete(next);
    next();
  };

  return async (task, signal) => {
    await enter(signal);
    try {
      return await task();
    } finally {
      leave();
    }
  };
}

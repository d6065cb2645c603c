interface Numbered {
  id: number;
}

/**
 * Orders to a worker, each answered by its number. The worker is started at the first one. Where its
 * script cannot be loaded an answer is undefined: whoever waits goes on without.
 */
export function createWorkerLine<Order extends Numbered, Answer extends Numbered>(
  start: () => Worker,
): (order: Omit<Order, 'id'>) => Promise<Answer | undefined> {
  const waiting = new Map<number, (answer: Answer | undefined) => void>();
  let worker: Worker | undefined;
  let orders = 0;

  const open = () => {
    const opened = start();
    opened.onmessage = ({ data }: MessageEvent<Answer>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    };
    opened.onerror = () => {
      for (const resolve of waiting.values()) resolve(undefined);
      waiting.clear();
      worker = undefined;
    };
    return opened;
  };

  return async (order) => {
    worker ??= open();
    const id = ++orders;
    const answer = new Promise<Answer | undefined>((resolve) => waiting.set(id, resolve));
    worker.postMessage({ ...order, id });
    return answer;
  };
}

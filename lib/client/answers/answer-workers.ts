import { connectWorker, type WorkerClient } from '../browser/worker-rpc';
import type { AnswerWorker } from './worker';

type Client = WorkerClient<AnswerWorker>;

/** How long one stays that has nothing to read. */
const restMs = 60_000;

/** Each keeps a core busy while a large answer arrives, and the page needs one as well. */
const mostWorkers = () => Math.min(4, Math.floor(navigator.hardwareConcurrency / 2) || 1);

const startWorker = () =>
  connectWorker<AnswerWorker>(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );

/**
 * Makes the workers that read answers. One is started as soon as an answer is awaited, so that no
 * answer waits for it; further ones when answers arrive at the same time. One stays for the next
 * answer, since code that has run is many times as fast, and ends when none has come for a while: the
 * browser then has back what it holds.
 */
export function createAnswerWorkers(
  connect: () => Client = startWorker,
  most = mostWorkers,
  later: (action: () => void) => unknown = (action) => setTimeout(action, restMs),
) {
  const shared = new Set<{ client: Client; reading: number }>();
  /** Those that have asked for an answer already, by its id. */
  const asking = new Map<string, { client: Client; reading: number }>();
  /** The answers that a reading has failed for: whatever is wrong with them strikes no other. */
  const failed = new Set<string>();
  let awaited = 0;
  /** How many answers were awaited so far. */
  let count = 0;

  const add = () => {
    const one = { client: connect(), reading: 0 };
    one.client.start();
    shared.add(one);
    return one;
  };
  const endIdle = (kept: number) => {
    const idle = [...shared].filter(({ reading }) => reading === 0);
    for (const one of idle.slice(kept)) {
      shared.delete(one);
      one.client.close();
    }
  };
  const endLater = () => {
    const before = count;
    later(() => {
      if (awaited === 0 && count === before) endIdle(0);
    });
  };
  const leastBusy = () => {
    const [first] = [...shared].sort((one, other) => one.reading - other.reading);
    if (!first) return add();
    return first.reading > 0 && shared.size < most() ? add() : first;
  };

  /**
   * Says that an answer will come. Returns what says that it is not awaited any more.
   * @param ask has a worker ask for the answer with this id already; that worker will read it
   */
  function awaitAnswer(id?: string, ask?: (client: Client) => Promise<void>): () => void {
    awaited++;
    count++;
    if (shared.size === 0) add();
    if (id !== undefined && ask) {
      const one = leastBusy();
      one.reading++;
      asking.set(id, one);
      const end = () => {
        one.reading--;
        asking.delete(id);
      };
      ask(one.client).then(end, end);
    }
    let isAwaited = true;
    return () => {
      if (!isAwaited) return;
      isAwaited = false;
      awaited--;
      endIdle(1);
      if (awaited === 0) endLater();
    };
  }

  async function readAlone(read: (client: Client) => Promise<void>): Promise<void> {
    const client = connect();
    try {
      await read(client);
    } finally {
      client.close();
    }
  }

  return {
    awaitAnswer,
    /**
     * Reads an answer in one of the workers; in one of its own if it could not be read before.
     * @throws what the reading throws
     */
    async read(id: string, read: (client: Client) => Promise<void>): Promise<void> {
      if (failed.has(id)) return readAlone(read);
      const leave = awaitAnswer();
      const one = asking.get(id) ?? leastBusy();
      one.reading++;
      try {
        await read(one.client);
      } catch (error) {
        failed.add(id);
        throw error;
      } finally {
        one.reading--;
        leave();
      }
    },
  };
}

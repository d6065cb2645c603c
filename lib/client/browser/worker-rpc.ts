import { notLoadedName, seeIfOutdated } from './outdated';

// The protocol that all workers speak; `serve-worker` is their side of it. The page calls a method of a worker by
// its name; each call has an id, by which the worker's events and its result find their way back.

export type Call = { id: number; method: string; input: unknown };
export type Request = Call | { id: number; abort: true } | { method: string; input: unknown };
export type Reply =
  | { id: number; event: unknown }
  | { id: number; result: unknown }
  | { id: number; error: { name: string; message: string } };

/** What a method of a worker gets besides its input. */
export interface CallContext<Event = never> {
  /** Aborts when the caller has aborted the call. */
  signal: AbortSignal;
  /** Reports something to the caller before the result. */
  emit(event: Event): void;
}

export type Methods = Record<string, (input: never, context: CallContext<never>) => unknown>;
type EventOf<Method> = Method extends (input: never, context: CallContext<infer Event>) => unknown
  ? Event
  : never;

/** Options of one call. */
interface CallOptions<Event> {
  /**
   * Tells the worker that the result is not wanted any more. The method decides what that means; the
   * call settles when the method does.
   */
  signal?: AbortSignal;
  onEvent?: (event: Event) => void;
}

interface PendingCall {
  resolve(result: unknown): void;
  reject(error: Error): void;
  onEvent?: (event: never) => void;
}

/** A worker as the page sees it; `M` is the type of the object that its script gives to `serveWorker`. */
export interface WorkerClient<M extends Methods> {
  /** Starts the worker before its first call, which then need not wait for its script. */
  start(): void;
  /** @throws what the method throws, or why the worker has failed (both as a plain `Error`) */
  call<Name extends keyof M & string>(
    method: Name,
    input: Parameters<M[Name]>[0],
    options?: CallOptions<EventOf<M[Name]>>,
  ): Promise<Awaited<ReturnType<M[Name]>>>;
  /** Calls a method whose result nobody needs: there is no reply. An error that it throws is a crash. */
  notify<Name extends keyof M & string>(method: Name, input: Parameters<M[Name]>[0]): void;
  /** Ends the worker once the calls in flight have settled; further calls are rejected. */
  close(): void;
}

/**
 * Connects to a worker, which is started by the first call at the latest. A worker that cannot be loaded, or in
 * which an error was not caught, rejects all calls in flight; the next call starts a new worker.
 * @param onCrash told of such a failure, for a worker that holds a state
 * @param onUnloaded told of one before the worker has said anything, as its script may be gone from the server
 */
export function connectWorker<M extends Methods>(
  start: () => Worker,
  onCrash?: (error: Error) => void,
  onUnloaded: () => unknown = seeIfOutdated,
): WorkerClient<M> {
  const calls = new Map<number, PendingCall>();
  let worker: Worker | undefined;
  let lastId = 0;
  let isClosed = false;

  const end = () => {
    worker?.terminate();
    worker = undefined;
  };
  const crash = (message: string, name = 'Error') => {
    end();
    const error = Object.assign(new Error(message), { name });
    const lost = [...calls.values()];
    calls.clear();
    for (const { reject } of lost) reject(error);
    onCrash?.(error);
  };
  const open = () => {
    const opened = start();
    let hasSpoken = false;
    opened.onmessage = ({ data }: MessageEvent<Reply>) => {
      hasSpoken = true;
      const call = calls.get(data.id);
      if (!call) return;
      if ('event' in data) return call.onEvent?.(data.event as never);
      calls.delete(data.id);
      if ('result' in data) call.resolve(data.result);
      else call.reject(Object.assign(new Error(data.error.message), { name: data.error.name }));
      if (isClosed && calls.size === 0) end();
    };
    // The script could not be loaded (then there is no message), or something in it was not caught.
    opened.onerror = ({ message }) => {
      crash(message || 'The worker could not be loaded.', hasSpoken ? undefined : notLoadedName);
      if (!hasSpoken) onUnloaded();
    };
    opened.onmessageerror = () => crash('A message of the worker could not be read.');
    return opened;
  };

  return {
    start() {
      if (!isClosed) worker ??= open();
    },
    async call(method, input, { signal, onEvent } = {}) {
      if (isClosed) throw new Error('The worker was closed.');
      worker ??= open();
      const called = worker;
      const id = ++lastId;
      const abort = () => called.postMessage({ id, abort: true } satisfies Request);
      called.postMessage({ id, method, input } satisfies Request);
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort);
      try {
        return await new Promise<never>((resolve, reject) => {
          calls.set(id, { resolve: resolve as PendingCall['resolve'], reject, onEvent });
        });
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    notify(method, input) {
      if (isClosed) return;
      worker ??= open();
      worker.postMessage({ method, input } satisfies Request);
    },
    close() {
      isClosed = true;
      if (calls.size === 0) end();
    },
  };
}

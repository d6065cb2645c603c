import type { Call, CallContext, Methods, Reply, Request } from './worker-rpc';

const transferLists = new WeakMap<object, Transferable[]>();

/** Marks what of an event or a result is to be moved to the page, and not copied. */
export function withTransfer<T extends object>(value: T, list: Transferable[]): T {
  transferLists.set(value, list);
  return value;
}

const noContext: CallContext<never> = { signal: new AbortController().signal, emit() {} };

/** Makes this worker answer calls of its methods. What is synchronous is done in the order of the calls. */
export function serveWorker(methods: Methods, scope = self as unknown as Worker): void {
  const running = new Map<number, AbortController>();
  const post = (reply: Reply, value?: unknown) =>
    scope.postMessage(reply, { transfer: transferLists.get(value as object) ?? [] });

  const answer = async ({ id, method, input }: Call) => {
    const aborter = new AbortController();
    running.set(id, aborter);
    const context = {
      signal: aborter.signal,
      emit: (event: unknown) => post({ id, event }, event),
    };
    try {
      const result = await methods[method]?.(input as never, context);
      post({ id, result }, result);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      post({ id, error: { name, message } });
    } finally {
      running.delete(id);
    }
  };
  // Not async: what a notified method throws must be an error of the script, not a rejected promise.
  scope.onmessage = ({ data }: MessageEvent<Request>) => {
    if (!('id' in data)) methods[data.method]?.(data.input as never, noContext);
    else if ('abort' in data) running.get(data.id)?.abort();
    else void answer(data);
  };
}

import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One value per process, made at its first use. A Next server evaluates a module several times in
 * one process (instrumentation, routes, pages), so a module's own variables would not be one.
 */
export function singleton<T>(name: string, create: () => T): T {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`turing-playground.${name}`);
  store[key] ??= create();
  return store[key];
}

/**
 * Calls outside of any request. What is made within one, such as a timer or a promise, holds the request,
 * its answer and its socket for as long as it lives; so what outlives a request is made here.
 */
export const outsideRequests: <T>(call: () => T) => T = singleton('outside-requests', () =>
  // First evaluated at the start of the server, before there is a request.
  AsyncLocalStorage.snapshot(),
);

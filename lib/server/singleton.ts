import 'server-only';

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

import { build } from 'vite';
import { median } from './processes.mjs';

/** A module of the product, built as browsers get it. */
export async function loadModule(entry) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { lib: { entry, formats: ['es'] }, write: false, minify: true },
  });
  const { code } = [built].flat()[0].output[0];
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** How long some work takes in Node: the median of several rounds, and the first. */
export function timed(rounds, work) {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  const inMs = (value) => `${value.toFixed(1)} ms`;
  const middle = median(times);
  return { ms: middle, median: inMs(middle), first: inMs(times[0]) };
}

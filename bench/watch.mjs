/** Lets a page note its longest main-thread task and the peak of its heap, in `window.bench`. */
export async function watch(page) {
  await page.addInitScript(() => {
    window.bench = { longestTaskMs: 0, heapMb: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        window.bench.longestTaskMs = Math.max(window.bench.longestTaskMs, duration);
      }
    }).observe({ type: 'longtask' });
    setInterval(() => {
      const heap = performance.memory.usedJSHeapSize / 1024 / 1024;
      window.bench.heapMb = Math.max(window.bench.heapMb, heap);
    }, 50);
  });
}

/** Forgets what was noted so far, such as what loading the page took. */
export function forget(page) {
  return page.evaluate(() => Object.assign(window.bench, { longestTaskMs: 0, heapMb: 0 }));
}

/** What was noted since the page was opened, or since it was told to forget. */
export function noted(page) {
  return page.evaluate(() => window.bench);
}

/**
 * Begins to note for how long the main-thread tasks of a page have a processor: where there are
 * few of them, a task also waits for what else is running, which no page can do anything about.
 * @param devtools a session with the page: one with the browser would take in its other renderers
 * @returns what ends that, and tells the longest in ms
 */
export async function traceTasks(devtools) {
  const events = [];
  // Of twenty turns there are millions, nearly all of them of less than a millisecond.
  const isKept = ({ name, dur = 0 }) => name === 'thread_name' || dur >= 1000;
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...value.filter(isKept)));
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  });
  return async () => {
    const ended = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
    await devtools.send('Tracing.end');
    await ended;
    const isPage = ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain';
    const pages = new Set(events.filter(isPage).map(({ pid, tid }) => `${pid} ${tid}`));
    const tasks = events.filter(
      ({ name, pid, tid }) => name.endsWith('RunTask') && pages.has(`${pid} ${tid}`),
    );
    return { processorMs: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000)) };
  };
}

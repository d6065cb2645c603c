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

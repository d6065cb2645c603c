import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';

export const port = 3228;
export const home = `http://localhost:${port}`;
export const gallery = `${home}/gallery`;

/** Does some work with the page of a browser that was closed after its storage had been filled. */
export async function inBrowser({ count, seed }, work) {
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      executablePath: findBrowser({ isWhole: true }),
      args: ['--enable-precise-memory-info', '--js-flags=--expose-gc'],
      viewport: { width: 1400, height: 860 },
    });
  try {
    const first = await launch();
    const seeding = await first.newPage();
    await seeding.goto(gallery);
    await seeding.waitForFunction(async () => (await indexedDB.databases()).length > 0);
    // The app has opened its storage, and has nothing to take in any more.
    await seeding.waitForTimeout(3000);
    if (seed) await seeding.evaluate(seed, count);
    // What filling the storage took is not to be measured.
    await first.close();
    const context = await launch();
    const page = await context.newPage();
    const measured = await work(page, { count, profile });
    await context.close();
    return measured;
  } finally {
    // What the browser still writes as it ends makes a folder that is not empty.
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

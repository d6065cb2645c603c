import { defineConfig } from '@playwright/test';
import { browserOptions } from './browser-options';

// In the processes of the tests too.
process.env.EVERY_PAGE = '1';

// npm run test:long: what takes minutes, or needs nginx, and what a run goes through on every page.
// Each test starts its own servers.
export default defineConfig({
  projects: [
    { name: 'long', testDir: 'long', testMatch: '**/*.spec.ts' },
    { name: 'every page', testDir: '.', testMatch: /\/(offline|tabs|clock)\.spec/, workers: 2 },
  ],
  outputDir: '../test-results/long',
  fullyParallel: true,
  expect: { timeout: 20_000 },
  // They wait more than they work.
  workers: 6,
  timeout: 15 * 60_000,
  forbidOnly: true,
  reporter: 'list',
  use: browserOptions,
});

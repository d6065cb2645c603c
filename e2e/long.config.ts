import { defineConfig } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';

// npm run test:long: what takes minutes, or needs nginx. Each test starts its own servers.
export default defineConfig({
  testDir: 'long',
  outputDir: '../test-results/long',
  fullyParallel: true,
  expect: { timeout: 20_000 },
  // They wait more than they work.
  workers: 8,
  timeout: 15 * 60_000,
  forbidOnly: true,
  reporter: 'list',
  use: { locale: 'en-US', launchOptions: { executablePath: findBrowser() } },
});

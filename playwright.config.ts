import { defineConfig } from '@playwright/test';
import { browserOptions } from './e2e/browser-options';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: /[\\/]long[\\/]/,
  globalSetup: './e2e/start-demo.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // Times are bounded, not asserted: two cores are shared by servers, browsers and tests.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // Real servers and browsers on two cores: what passes only at its second try is named, see scripts.
  retries: 1,
  use: { ...browserOptions, baseURL: process.env.DEMO_APP_URL },
});

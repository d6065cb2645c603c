import { startApp } from './app-server';

/** Playwright's global setup: the app with no key, thus with its demo gateway, shared by all tests. */
export default async function setup(): Promise<() => Promise<void>> {
  const app = await startApp({ DEMO_LATENCY_MS: '300' });
  // The processes of the tests inherit it, and read the configuration again.
  process.env.DEMO_APP_URL = app.url;
  return app.stop;
}

import { defineConfig } from '@playwright/test';
import { apiKey, demoGateway, faultUpstream, servers } from './e2e/servers';
import { findBrowser } from './scripts/browser.mjs';

// On this machine only: with a key, and open to a network, it would not start.
const next = 'node node_modules/next/dist/bin/next start -H 127.0.0.1';
const gracefulShutdown = { signal: 'SIGTERM', timeout: 5000 } as const;

// A plain-http host name that is not localhost: no secure context, as on a company's network.
const plainHost = 'playground.test';

const app = (server: { port: number; url: string }, env: Record<string, string>) => ({
  command: `${next} -p ${server.port}`,
  url: `${server.url}/api/health`,
  // A folder each: of two servers over one, either would take the other's runs for lost.
  env: {
    NEXT_TELEMETRY_DISABLED: '1',
    SHUTDOWN_GRACE_SECONDS: '0',
    DATA_DIR: `.data/e2e-${server.port}`,
    ...env,
  },
  gracefulShutdown,
});

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/start-fault-upstream.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // Times are bounded, not asserted: two cores are shared by servers, browsers and tests.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // Real servers and browsers on two cores: what passes only at its second try is named, see scripts.
  retries: 1,
  use: {
    baseURL: servers.demo.url,
    locale: 'en-US',
    // What moves while a run is under way is drawn sixty times a second, for nobody; and what is still
    // fading in has no colours of its own for axe.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: findBrowser() },
  },
  projects: [
    { name: 'app', testIgnore: [/plain-http/, /[\\/]long[\\/]/] },
    {
      name: 'plain http',
      testMatch: /plain-http/,
      use: {
        baseURL: `http://${plainHost}:${servers.demo.port}`,
        launchOptions: {
          executablePath: findBrowser(),
          args: [`--host-resolver-rules=MAP ${plainHost} 127.0.0.1`],
        },
      },
    },
  ],
  webServer: [
    app(servers.demo, { DEMO_LATENCY_MS: '300' }),
    {
      command: 'node scripts/demo-gateway.mjs',
      url: new URL('/counts', demoGateway.url).href,
      env: { PORT: String(demoGateway.port), DEMO_LATENCY_MS: '50' },
      gracefulShutdown,
    },
    app(servers.gateway, { TURING_BASE_URL: demoGateway.url, TURING_API_KEY: apiKey }),
    app(servers.faulty, {
      TURING_BASE_URL: faultUpstream.url,
      TURING_API_KEY: apiKey,
      TURING_TIMEOUT_MS: '1500',
    }),
  ],
});

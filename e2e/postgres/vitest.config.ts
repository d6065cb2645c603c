import { defineConfig } from 'vitest/config';

// What needs a PostgreSQL: npx vitest run --config e2e/postgres/vitest.config.ts
export default defineConfig({
  resolve: { alias: { '@': `${import.meta.dirname}/../..` }, conditions: ['react-server'] },
  ssr: { resolve: { conditions: ['react-server'] } },
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['lib/server/postgres/**/*.test.ts', 'e2e/postgres/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['./vitest.setup.ts'],
    globalSetup: `${import.meta.dirname}/shared-postgres.ts`,
    maxWorkers: 2,
    // What is waited for comes; how soon depends on what else the machine does.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});

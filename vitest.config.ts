import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { '@': import.meta.dirname },
    // The condition under which `server-only` is an empty module, as it is on the server.
    conditions: ['react-server'],
  },
  ssr: { resolve: { conditions: ['react-server'] } },
  test: {
    environment: 'node',
    setupFiles: ['./vitest.setup.ts'],
    // A thread starts in half the time of a process.
    pool: 'threads',
    // What is waited for comes; how soon depends on what else the machine does.
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      // lib/core keeps nothing between calls, so its tests share their modules.
      {
        extends: true,
        test: { name: 'core', include: ['lib/core/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'rest',
          include: ['{lib,components,app}/**/*.test.ts'],
          // e2e/postgres/vitest.config.ts has those that need a database.
          exclude: ['lib/core/**', 'lib/server/postgres/**'],
        },
      },
    ],
  },
});

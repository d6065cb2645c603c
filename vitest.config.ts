import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { '@': import.meta.dirname },
    // The condition under which `server-only` is an empty module, as it is on the server.
    conditions: ['react-server'],
  },
  ssr: { resolve: { conditions: ['react-server'] } },
  test: {
    include: ['{lib,components,app}/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['./vitest.setup.ts'],
    // What is waited for comes; how soon depends on what else the machine does.
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});

import { defineConfig } from 'vitest/config';

// The built app over HTTP, without a browser: npx vitest run --config e2e/api/vitest.config.ts
export default defineConfig({
  resolve: { alias: { '@': `${import.meta.dirname}/../..` } },
  test: {
    dir: import.meta.dirname,
    include: ['**/*.test.ts'],
    // Answers of hundreds of megabytes are for npm run test:long; see lib/server/answer/good-answer.test.ts.
    // Of the image, that is for it too: IMAGE=1 builds it, and runs these tests on it.
    exclude: [
      ...(process.env.FULL_SIZE ? [] : ['**/large-answers.test.ts']),
      ...(process.env.IMAGE ? [] : ['**/image.test.ts']),
    ],
    environment: 'node',
    globalSetup: `${import.meta.dirname}/start-servers.ts`,
    // One process for all files: it is the upstream of the servers that they share.
    isolate: false,
    maxWorkers: 1,
    // What is waited for comes; how soon depends on what else the machine does.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});

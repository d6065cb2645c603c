// All tests: checks, unit tests, a build, and the built app in a browser. Ends with one line that
// counts what passed and failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'playground-tests-'));
const unitReport = join(reports, 'unit.json');
const browserReport = join(reports, 'browser.json');
let passed = 0;
let failed = 0;

function step(name, args, env = {}) {
  const started = performance.now();
  console.log(`\n— ${name}`);
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  console.log(`— ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return status === 0;
}

/** A step that is one check by itself. */
function check(name, args) {
  if (step(name, args)) passed++;
  else failed++;
}

/** A step that reports its own counts; if it broke before it could, that is one failure. */
function suite(name, args, env, count) {
  const ok = step(name, args, env);
  try {
    const counted = count();
    passed += counted.passed;
    failed += counted.failed;
    if (!ok && counted.failed === 0) failed++;
  } catch {
    failed++;
  }
}

const bin = (path) => join('node_modules', path);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

check('browser', ['scripts/browser.mjs']);
check('lint and format', [bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings']);
check('types', [bin('typescript/bin/tsc'), '--noEmit']);
check('dead code', [bin('knip/bin/knip.js')]);
suite(
  'unit tests',
  [
    bin('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${unitReport}`,
  ],
  {},
  () => {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = readJson(unitReport);
    return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites };
  },
);
check('build', [bin('next/dist/bin/next'), 'build']);
suite(
  'browser tests',
  [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
  { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
  () => {
    const { expected, flaky, unexpected } = readJson(browserReport).stats;
    if (flaky > 0) console.log(`— ${flaky} passed only on the second try; check them.`);
    return { passed: expected + flaky, failed: unexpected };
  },
);
rmSync(reports, { recursive: true });

console.log(`\ntests: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

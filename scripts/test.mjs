// All tests: checks, unit tests, a build, and the built app over HTTP and in a browser; with `long`
// those that take long. Steps that do not need each other run at the same time. Ends with one line that
// counts what passed and failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'playground-reports-'));
let passed = 0;
let failed = 0;
/** Names of what failed, said once more at the end: a log is often read from there. */
const failures = [];

const inSeconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/**
 * Runs a script of Node, and shows what it has written once it has ended, so that steps at the same
 * time do not mix; `isLive` shows it as it comes.
 * @returns whether it succeeded
 */
async function step(name, args, { env = {}, isLive = false } = {}) {
  const started = performance.now();
  const output = isLive ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  const written = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => written.push(chunk));
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  console.log(`\n— ${name}\n${Buffer.concat(written)}— ${name}: ${inSeconds(started)}`);
  return code === 0;
}

/** A step that is one check by itself. */
async function check(name, args, env) {
  if (await step(name, args, { env })) passed++;
  else fail(name);
}

function fail(name) {
  failed++;
  failures.push(name);
}

/** A step that reports its own counts; if it broke before it could, that is one failure. */
async function suite(name, args, options, count) {
  const ok = await step(name, args, options);
  try {
    const counted = count();
    passed += counted.passed;
    for (const test of counted.failed) fail(`${name}: ${test}`);
    if (!ok && counted.failed.length === 0) fail(name);
  } catch {
    fail(name);
  }
}

const bin = (path) => join('node_modules', path);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

function vitest(name, args, env = {}) {
  const report = join(reports, `${name}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile=${report}`];
  return suite(name, [bin('vitest/vitest.mjs'), 'run', ...args, ...reporters], { env }, () => {
    const { numPassedTests, testResults } = readJson(report);
    const broken = testResults.flatMap(({ name: file, status, assertionResults }) => {
      const tests = assertionResults.filter((one) => one.status === 'failed');
      // A file that cannot be loaded has no tests.
      if (status === 'failed' && tests.length === 0) return [relative('', file)];
      return tests.map(({ fullName }) => fullName);
    });
    return { passed: numPassedTests, failed: broken };
  });
}

function playwright(name, more = []) {
  const report = join(reports, `${name}.json`);
  const args = [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...more];
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  return suite(name, args, { env, isLive: true }, () => {
    const { stats, suites } = readJson(report);
    const { expected, flaky } = stats;
    if (flaky > 0) console.log(`— ${flaky} passed only on the second try; check them.`);
    return { passed: expected + flaky, failed: unexpectedOf(suites) };
  });
}

/** The titles of the browser tests that failed. */
function unexpectedOf(suites = []) {
  return suites.flatMap(({ file, specs = [], suites: inner }) => [
    ...specs.filter(({ ok }) => !ok).map(({ title }) => `${file} › ${title}`),
    ...unexpectedOf(inner),
  ]);
}

// `types` has checked them already, or npm test has.
const build = () => check('build', [bin('next/dist/bin/next'), 'build'], { SKIP_TYPE_CHECK: '1' });
const overHttp = ['--config', 'e2e/api/vitest.config.ts'];

/** Everything that is to pass before a change lands. */
async function testAll() {
  await Promise.all([
    check('browser', ['scripts/browser.mjs']),
    check('lint and format', [bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings']),
    check('types', [bin('typescript/bin/tsc'), '--noEmit']),
    check('dead code', [bin('knip/bin/knip.js')]),
  ]);
  await build();
  // Browser tests wait more than they work, so the others run beside them.
  const withoutBrowser = async () => {
    await vitest('unit tests', []);
    await vitest('HTTP tests', overHttp);
  };
  await Promise.all([withoutBrowser(), playwright('browser tests')]);
}

/** What takes minutes, needs nginx, or moves gigabytes. */
async function testLong() {
  await Promise.all([check('browser', ['scripts/browser.mjs']), build()]);
  await vitest('HTTP tests of full size', [...overHttp, 'large-answers', 'load'], {
    FULL_SIZE: '1',
  });
  await vitest('PostgreSQL', ['--config', 'e2e/postgres/vitest.config.ts']);
  await vitest('the image', [...overHttp, 'image', 'start', 'stopping', 'connections'], {
    IMAGE: '1',
  });
  await vitest('simulations', ['lib/core/experiments/judging/simulations'], { FULL_SIZE: '1' });
  await playwright('long browser tests', ['--config', 'e2e/long.config.ts']);
}

const started = performance.now();
const isLong = process.argv[2] === 'long';
await (isLong ? testLong() : testAll());
rmSync(reports, { recursive: true });

for (const name of failures) console.log(`— failed: ${name}`);
const result = `tests: ${passed} passed, ${failed} failed`;
if (isLong) console.log(`\nlong ${result}, in ${inSeconds(started)}`);
else console.log(`\n— all: ${inSeconds(started)}\n\n${result}`);
process.exit(failed === 0 ? 0 : 1);

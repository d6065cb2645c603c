import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { answers, median, start } from './processes.mjs';

const ports = { app: 3211, empty: 3212 };
const next = join(import.meta.dirname, '../node_modules/next/dist/bin/next');
const at = (port, path = '/') => `http://localhost:${port}${path}`;
const pages = { Generate: '/', Edit: '/edit', Chat: '/chat' };
const rounds = 5;
// A page has come to rest when it has loaded nothing and done no long task for this long.
const restMs = 2000;

// A phone: a processor four times as slow, and a network of 1.6 Mbit/s with 150 ms to the server.
const slowdown = 4;
const network = { offline: false, latency: 150, downloadThroughput: 2e5, uploadThroughput: 94e3 };

/** What the first load of each page transfers, and when it is there on a slow phone; beside an empty page. */
export async function benchFirstLoad() {
  const empty = buildEmptyApp();
  const isThere = (port) => answers(at(port));
  await start([next, 'start', empty, '-p', String(ports.empty)], {}, isThere(ports.empty));
  await start([next, 'start', '-p', String(ports.app)], {}, isThere(ports.app));
  const browser = await chromium.launch({ executablePath: findBrowser({ isWhole: true }) });
  const urls = { empty: at(ports.empty) };
  for (const [name, path] of Object.entries(pages)) urls[name] = at(ports.app, path);
  const loads = {};
  // In turn, so that what else goes on strikes all alike.
  for (let round = 0; round < rounds; round++) {
    for (const [name, url] of Object.entries(urls)) {
      loads[name] = [...(loads[name] ?? []), await loadOnce(browser, url)];
    }
  }
  await browser.close();
  const floor = medianOf(loads.empty);
  return Object.keys(pages).flatMap((name) => figuresOf(name, medianOf(loads[name]), floor));
}

function figuresOf(name, load, floor) {
  const scripts = load.bytes.script - floor.bytes.script;
  const all = Object.values(load.bytes).reduce((sum, bytes) => sum + bytes, 0);
  const kilobytes = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  const parts = Object.entries(load.bytes).map(([type, bytes]) => `${type} ${kilobytes(bytes)}`);
  return [
    {
      figure: `${name}, first load: JavaScript over an empty page`,
      value: kilobytes(scripts),
      aim: '≤ 60 KB',
      detail: `${kilobytes(load.bytes.script)} − ${kilobytes(floor.bytes.script)}, compressed`,
    },
    {
      figure: `${name}, first load: everything transferred`,
      value: kilobytes(all),
      aim: '≤ 275 KB',
      detail: `${parts.join(', ')}; when idle ${kilobytes(load.later)} more`,
    },
    {
      figure: `${name}, slow phone: largest paint; takes input`,
      value: `${seconds(load.paint)}; ${seconds(load.input)}`,
      aim: '≤ 2.0 s; ≤ 3.3 s',
      detail: `empty page: ${seconds(floor.paint)}`,
    },
    {
      figure: `${name}, slow phone: time blocked ÷ that of an empty page`,
      value: (load.blocked / floor.blocked).toFixed(1),
      aim: '≤ 1.2',
      detail: `${load.blocked.toFixed(0)} ms ÷ ${floor.blocked.toFixed(0)} ms`,
    },
  ];
}

/** Each figure's median of several loads, each with an empty cache. */
function medianOf(loads) {
  const medianOfEach = (figure) => median(loads.map((load) => load[figure]));
  return {
    bytes: loads[0].bytes,
    later: loads[0].later,
    paint: medianOfEach('paint'),
    input: medianOfEach('input'),
    blocked: medianOfEach('blocked'),
  };
}

async function loadOnce(browser, url) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', network);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const bytes = {};
  let later = 0;
  const sizes = [];
  // What the page asks for once it is loaded is not part of its first load.
  const early = new Set();
  let isLoaded = false;
  page.once('load', () => {
    isLoaded = true;
  });
  page.on('request', (request) => isLoaded || early.add(request));
  page.on('requestfinished', (request) => {
    const type = request.resourceType();
    sizes.push(
      request.sizes().then(({ responseBodySize }) => {
        if (early.has(request)) bytes[type] = (bytes[type] ?? 0) + responseBodySize;
        else later += responseBodySize;
      }),
    );
  });
  await page.addInitScript(watchLoad);
  await page.goto(url);
  // What was put off until the browser is idle is work, too. `waitForFunction` is not used: it brings a script
  // that blocks the page for longer than some of its own.
  const isAtRest = (rest) =>
    (window.load.input > 0 || !document.querySelector('textarea')) &&
    performance.now() - window.load.last > rest;
  while (!(await page.evaluate(isAtRest, restMs))) await setTimeout(250);
  const seen = await page.evaluate(() => window.load);
  await Promise.all(sizes);
  await context.close();
  return { bytes, later, ...seen };
}

/** Runs in the page, before its own scripts. */
function watchLoad() {
  const load = { paint: 0, input: 0, blocked: 0, last: 0 };
  window.load = load;
  const observe = (type, look) =>
    new PerformanceObserver((list) => list.getEntries().forEach(look)).observe({
      type,
      buffered: true,
    });
  observe('largest-contentful-paint', ({ startTime }) => {
    load.paint = startTime;
  });
  observe('longtask', ({ duration }) => {
    load.blocked += duration - 50;
    load.last = performance.now();
  });
  observe('resource', () => {
    load.last = performance.now();
  });
  // What React has bound takes input, unless it is disabled.
  const look = () => {
    const box = document.querySelector('textarea:enabled');
    const isBound = box && Object.keys(box).some((key) => key.startsWith('__react'));
    if (isBound) load.input = performance.now();
    else setTimeout(look, 10);
  };
  look();
}

function buildEmptyApp() {
  const root = join(import.meta.dirname, 'empty');
  execFileSync(process.execPath, [next, 'build', root], {
    stdio: 'ignore',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  return root;
}

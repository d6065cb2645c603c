import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { answers, start } from './processes.mjs';

const ports = { app: 3211, empty: 3212 };
const next = join(import.meta.dirname, '../node_modules/next/dist/bin/next');

/** The JavaScript that the first load of the Generate page transfers beyond an empty page's. */
export async function benchFirstLoad() {
  const empty = buildEmptyApp();
  const at = (port) => `http://localhost:${port}/`;
  await start([next, 'start', empty, '-p', String(ports.empty)], {}, answers(at(ports.empty)));
  await start([next, 'start', '-p', String(ports.app)], {}, answers(at(ports.app)));
  const browser = await chromium.launch({ executablePath: findBrowser({ isWhole: true }) });
  const [app, floor] = [
    await transferredScript(browser, at(ports.app)),
    await transferredScript(browser, at(ports.empty)),
  ];
  await browser.close();
  return [
    {
      figure: 'JavaScript of the first load over an empty page',
      value: `${((app - floor) / 1024).toFixed(0)} KB`,
      aim: '≤ 75 KB',
      detail: `${(app / 1024).toFixed(0)} KB − ${(floor / 1024).toFixed(0)} KB, compressed`,
    },
  ];
}

function buildEmptyApp() {
  const root = join(import.meta.dirname, 'empty');
  execFileSync(process.execPath, [next, 'build', root], {
    stdio: 'ignore',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  return root;
}

async function transferredScript(browser, url) {
  const page = await browser.newPage();
  let bytes = 0;
  const sizes = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    sizes.push(request.sizes().then((size) => (bytes += size.responseBodySize)));
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await Promise.all(sizes);
  await page.close();
  return bytes;
}

import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { answers, median, start } from './processes.mjs';

const port = 3213;
const next = join(import.meta.dirname, '../node_modules/next/dist/bin/next');
const origin = `http://localhost:${port}`;
const pages = { Generate: '/', Edit: '/edit', Chat: '/chat' };
// Begins and ends at Generate, and goes each way once.
const tour = ['Edit', 'Chat', 'Generate', 'Chat', 'Edit', 'Generate'];
const rounds = 3;
// A phone's processor, four times as slow.
const slowdown = 4;

/** From the click on another page's link to that page taking input, each page visited before. */
export async function benchPageChange() {
  await start([next, 'start', '-p', String(port)], {}, answers(origin));
  const browser = await chromium.launch({ executablePath: findBrowser({ isWhole: true }) });
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.addInitScript(watchChanges);
  await page.goto(origin, { waitUntil: 'networkidle' });
  for (const name of [...tour, ...tour]) await change(page, pages[name]);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const taken = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const [place, to] of tour.entries()) {
      const direction = `${tour.at(place - 1)} → ${to}`;
      const before = taken.get(direction) ?? [];
      taken.set(direction, [...before, await change(page, pages[to])]);
    }
  }
  await browser.close();
  return [...taken].map(([direction, all]) => ({
    figure: `slow phone, click ${direction}, until it takes input`,
    value: `${median(all).toFixed(0)} ms`,
    aim: '≤ 200 ms',
    detail: `median of ${rounds}; worst ${Math.max(...all).toFixed(0)} ms`,
  }));
}

/** Clicks the link of a page. @returns after how many ms it took input */
async function change(page, path) {
  await page.evaluate((to) => window.awaitPage(to), path);
  await page.locator(`nav a[href="${path}"]`).click();
  const ms = await page.evaluate(() => window.changed);
  await page.waitForTimeout(500);
  return ms;
}

/** Runs in the page, before its own scripts. */
function watchChanges() {
  window.awaitPage = (path) => {
    let clicked = 0;
    window.addEventListener(
      'click',
      ({ timeStamp }) => {
        clicked = timeStamp;
      },
      { capture: true, once: true },
    );
    window.changed = new Promise((resolve) => {
      const look = () => {
        const box = document.querySelector('textarea:enabled');
        const busy = document.querySelector('form[aria-busy=true], textarea[aria-busy=true]');
        const isThere = clicked > 0 && location.pathname === path && box && !busy;
        if (isThere) requestAnimationFrame(() => resolve(performance.now() - clicked));
        else setTimeout(look, 5);
      };
      look();
    });
  };
}

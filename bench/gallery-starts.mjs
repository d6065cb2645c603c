import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { home, inBrowser, port } from './gallery-browser.mjs';
import { asVersionTwo, seedGallery, trashSome } from './gallery-seed.mjs';
import { end, median } from './processes.mjs';
import { startApp } from './servers.mjs';

const kept = 10_000;
const trashed = 2000;
const rounds = 5;
/** A page of the origin that opens no storage. */
const empty = `${home}/robots.txt`;

/** Starts of the app with much in its storage, and the click that sends something from there. */
export async function benchGalleryStarts() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-gallery-'));
  const pid = await startApp(port, { DATA_DIR: dataDir });
  try {
    return await measure();
  } finally {
    await end(pid);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure() {
  const none = await inBrowser({ count: 0 }, async (page) => ({ sentMs: await sends(page) }));
  const full = await inBrowser({ count: kept, seed: seedGallery }, async (page) => ({
    startMs: await starts(page),
    sentMs: await sends(page),
    upgradedMs: await starts(page, asVersionTwo),
  }));
  const withTrash = await inBrowser({ count: kept + trashed, seed: seedGallery }, async (page) => {
    await page.goto(empty);
    await page.evaluate(trashSome, trashed);
    return starts(page);
  });
  const ratio = (one, other) => (one / other).toFixed(2);
  const ms = (value) => `${value.toFixed(0)} ms`;
  return [
    {
      figure: 'gallery, start with 2,000 in Trash ÷ without, at 10,000',
      value: ratio(withTrash, full.startMs),
      aim: '≤ 1.2',
      detail: `${ms(withTrash)}, without ${ms(full.startMs)}, until the strip's pictures are there`,
    },
    {
      figure: 'gallery, start with the upgrade of 10,000 ÷ without',
      value: ratio(full.upgradedMs, full.startMs),
      aim: '≤ 1.2',
      detail: `${ms(full.upgradedMs)}, without ${ms(full.startMs)}`,
    },
    {
      figure: "gallery, Generate's click to POST at 10,000 ÷ at none",
      value: ratio(full.sentMs, none.sentMs),
      aim: '≤ 1.2',
      detail: `${ms(full.sentMs)}, at none ${ms(none.sentMs)}`,
    },
  ];
}

/** From the address to the pictures of the strip; before each round the storage is put in a state. */
async function starts(page, prepare) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    await page.goto(empty);
    if (prepare) await page.evaluate(prepare);
    const started = performance.now();
    await page.goto(home);
    await page.waitForFunction(() => document.querySelectorAll('aside [data-painted]').length >= 5);
    times.push(performance.now() - started);
  }
  return median(times);
}

/** From the click on the button to the request. */
async function sends(page) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    await page.goto(home);
    await page.getByTestId('prompt').fill(`a bear, number ${round}`);
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => {
      const note = () => {
        window.clickedAt ??= performance.now();
      };
      addEventListener('click', note, { capture: true });
    });
    await page.getByTestId('submit').click();
    const ms = await page.evaluate(async () => {
      const sent = () =>
        performance.getEntriesByType('resource').find(
          // The start of the run before may be repeated when the page is opened.
          ({ name, startTime }) =>
            name.endsWith('/api/v1/images/generations') && startTime >= window.clickedAt,
        );
      while (!sent()) await new Promise((resolve) => setTimeout(resolve, 10));
      return sent().startTime - window.clickedAt;
    });
    times.push(ms);
  }
  return median(times);
}

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { findBrowser } from '../scripts/browser.mjs';
import { noisePicture } from './noise-picture.mjs';
import { startWithUpstream } from './servers.mjs';
import { forget, noted, watch } from './watch.mjs';

const ports = { upstream: 4219, app: 3219 };
const folder = 'bench/results/references';
const size = { width: 3840, height: 2160 };
const megabyte = 1024 * 1024;

/** Four references, the largest nearly 50 MB, and a 4K mask: what arrives of them upstream. */
export async function benchReferences() {
  await startWithUpstream('bench/edit-upstream.mjs', { ports, dataDir: `${folder}/spool` });
  const files = await makeFiles();
  const { arrived, seconds, longestTaskMs } = await visit(files);
  const images = arrived.filter(({ part }) => part === 'image[]');
  const same = files.filter(({ sha256 }, index) => images[index]?.sha256 === sha256).length;
  const mask = arrived.find(({ part }) => part === 'mask')?.sides?.join(' × ') ?? 'none';
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0) / megabyte;
  return [
    {
      figure: 'references that arrive upstream byte for byte, in their order',
      value: `${same} of ${files.length}`,
      aim: `${files.length} of ${files.length}`,
      detail: `by SHA-256; ${total.toFixed(0)} MB in ${seconds.toFixed(1)} s from the click; the mask has ${mask} pixels`,
    },
    {
      figure: 'references: longest main-thread task while they are sent',
      value: `${longestTaskMs.toFixed(0)} ms`,
      aim: '≤ 50 ms',
      detail: '0: none over 50 ms was seen',
    },
  ];
}

async function makeFiles() {
  mkdirSync(folder, { recursive: true });
  const noise = await noisePicture(size);
  // What follows the end of a PNG is no picture, but has to arrive as well.
  const heavy = Buffer.concat([noise, Buffer.alloc(49.5 * megabyte - noise.length, 'x')]);
  const lying = await sharp(await noisePicture({ width: 3000, height: 2000 }))
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const small = await noisePicture({ width: 640, height: 480 });
  const named = { 'noise.png': noise, 'heavy.png': heavy, 'phone.jpg': lying, 'small.png': small };
  return Object.entries(named).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { path, sha256, bytes: content.length };
  });
}

async function visit(files) {
  const browser = await chromium.launch({ executablePath: findBrowser({ isWhole: true }) });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await watch(page);
    await page.goto(`http://localhost:${ports.app}/edit`);
    await page.getByTestId('ref-input').setInputFiles(files.map(({ path }) => path));
    await page
      .getByTestId('ref-thumb')
      .nth(files.length - 1)
      .waitFor({ timeout: 120_000 });
    await page.getByTestId('mask-surface').click();
    await page.getByTestId('prompt').fill('references');
    await forget(page);
    const clicked = performance.now();
    await page.getByTestId('submit').click();
    await page.getByTestId('result-image').waitFor({ timeout: 180_000 });
    const seconds = (performance.now() - clicked) / 1000;
    const { longestTaskMs } = await noted(page);
    const arrived = await (await fetch(`http://127.0.0.1:${ports.upstream}/`)).json();
    return { arrived, seconds, longestTaskMs };
  } finally {
    await browser.close();
  }
}

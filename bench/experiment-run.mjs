import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { exchange } from './exchange.mjs';
import { storeExperiment } from './experiment-seed.mjs';
import { loadModule } from './node-work.mjs';
import { startWithUpstream } from './servers.mjs';
import { forget, noted, watch } from './watch.mjs';

const ports = { upstream: 4216, app: 3216 };
const prompts = 50;
/** How many requests to one model are under way at once, as the app has it by itself. */
const lane = 3;

/** An experiment from the click to its last picture, beside a bare script with the same lanes. */
export async function benchExperimentRun() {
  const { catalogue } = await loadModule('lib/core/models/catalogue.ts');
  const { createExperiment, emptyDefinition } = await loadModule(
    'lib/core/experiments/experiment.ts',
  );
  // Four models of one kind, none with a rate that is waited for.
  const [first] = catalogue;
  const models = ['a', 'b', 'c', 'd'].map((name) => ({
    ...{ ...first, rate: null, id: `bench/${name}` },
    label: { en: `Model ${name}`, zh: `Model ${name}` },
  }));
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-experiment-'));
  const file = join(dataDir, 'models.json');
  writeFileSync(file, JSON.stringify(models));
  const env = { MODELS_FILE: file };
  await startWithUpstream('bench/picture-upstream.mjs', { ports, dataDir, env });
  const words = Array.from({ length: prompts }, (_, index) => `number ${index}`).join('|');
  const definition = {
    ...emptyDefinition,
    template: `A tea tin, {${words}}`,
    models: models.map(({ id: model }) => ({ id: model, model, options: {}, size: null })),
  };
  const experiment = createExperiment('bench', 1, { name: 'Tea tins', definition });
  const bare = await runBare(models);
  const app = await runInPage(experiment, prompts * models.length);
  rmSync(dataDir, { recursive: true, force: true });
  return figuresOf({ app, bare, cells: prompts * models.length });
}

/** The floor: the same requests straight to the upstream. @returns how long they take in all, in ms */
async function runBare(models) {
  const headers = { 'content-type': 'application/json' };
  const started = performance.now();
  await Promise.all(
    models.flatMap(({ id: model }) => {
      let next = 0;
      return Array.from({ length: lane }, async () => {
        while (next < prompts) {
          const body = JSON.stringify({ model, prompt: `A tea tin, number ${next++}`, n: 1 });
          await exchange({ port: ports.upstream, path: '/images/generations', headers }, [body]);
        }
      });
    }),
  );
  return performance.now() - started;
}

async function runInPage(experiment, cells) {
  const browser = await chromium.launch({
    executablePath: findBrowser({ isWhole: true }),
    args: ['--enable-precise-memory-info'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await watch(page);
    const address = `http://localhost:${ports.app}/experiments`;
    await page.goto(address);
    // Not until the network is idle: where models have a rate, a page always asks for their line.
    await page.waitForFunction(async () => (await indexedDB.databases()).length > 0);
    await page.getByRole('button', { name: 'Open a file' }).waitFor();
    await page.evaluate(storeExperiment, { experiment, cells: [], hashes: [] });
    await page.goto(`${address}?open=bench`);
    const run = page.getByTestId('experiment-run');
    await run.filter({ hasText: `Run ${cells} requests` }).waitFor();
    await page.waitForTimeout(2000);
    const polls = [];
    const sizes = [];
    page.on('requestfinished', (request) => {
      if (!new URL(request.url()).pathname.endsWith('/api/runs')) return;
      sizes.push(request.sizes().then(({ responseBodySize }) => polls.push(responseBodySize)));
    });
    await run.click();
    await forget(page);
    const started = performance.now();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `Run ${cells} requests` })
      .click();
    await page
      .getByTestId('progress')
      .filter({ hasText: new RegExp(`^${cells} of ${cells}$`) })
      .waitFor({ timeout: 300_000 });
    const ms = performance.now() - started;
    const { longestTaskMs, heapMb } = await noted(page);
    await Promise.all(sizes);
    return { ms, polls, longestTaskMs, heapMb };
  } finally {
    await browser.close();
  }
}

function figuresOf({ app, bare, cells }) {
  const { polls } = app;
  const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
  const all = polls.reduce((sum, bytes) => sum + bytes, 0);
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  return [
    {
      figure: `experiment of ${cells} cells run to its end ÷ a bare script with the same lanes`,
      value: (app.ms / bare).toFixed(2),
      aim: '≤ 1.5',
      detail: `${seconds(app.ms)} ÷ ${seconds(bare)}, 1 s for each answer`,
    },
    {
      figure: 'experiment under way: bytes of a poll, at most',
      value: kilobytes(Math.max(...polls)),
      aim: '≤ 4 KB',
      detail: `${polls.length} polls, ${kilobytes(all / polls.length)} each on average, compressed`,
    },
    {
      figure: 'experiment under way: longest main-thread task; heap at its peak',
      value: `${app.longestTaskMs.toFixed(0)} ms; ${app.heapMb.toFixed(0)} MB`,
      detail: '0: none over 50 ms was seen',
    },
  ];
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveGrid, openImages, storeExperiment } from './experiment-seed.mjs';
import { home, inBrowser, port } from './gallery-browser.mjs';
import { loadModule } from './node-work.mjs';
import { end, median } from './processes.mjs';
import { startApp } from './servers.mjs';

const rounds = 3;
const moves = [
  { name: 'scrolled at 1,000 px/s', how: 'scroll', speed: 1000 },
  { name: 'scrolled at 4,000 px/s', how: 'scroll', speed: 4000 },
  { name: 'zoomed, all pictures together', how: 'zoom' },
];

/** The grid of 2,000 cells with a picture each, beside a bare page of as many images. */
export async function benchExperimentGrid() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-experiments-'));
  const pid = await startApp(port, { DATA_DIR: dataDir });
  try {
    const seed = await makeExperiment();
    const empty = await inBrowser({ count: 0 }, async (page) => {
      await page.goto(`${home}/experiments`);
      await page.waitForLoadState('networkidle');
      return heapOf(page);
    });
    const grid = await inBrowser({ count: seed, seed: storeExperiment }, measureGrid);
    const floor = await inBrowser({ count: 0 }, async (page) => {
      await page.goto('about:blank');
      await page.evaluate(openImages, { ...grid.layout, side: 200, gap: 10 });
      return moveAll(page);
    });
    return figuresOf({ grid, floor, empty });
  } finally {
    await end(pid);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureGrid(page) {
  await page.goto(`${home}/experiments?open=bench`);
  await page.waitForFunction(() => document.querySelectorAll('[data-painted]').length >= 12);
  await page.waitForLoadState('networkidle');
  const layout = await page.evaluate(() => {
    const { ariaRowCount, ariaColCount } = document.querySelector('[role=grid]');
    return { rows: Number(ariaRowCount), columns: Number(ariaColCount) };
  });
  const moved = await moveAll(page);
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  return { layout, moved, nodes, heapMb: await heapOf(page) };
}

/** Each move some times; the median of each. */
async function moveAll(page) {
  const measured = [];
  for (const move of moves) {
    const all = [];
    for (let round = 0; round < rounds; round++) all.push(await page.evaluate(moveGrid, move));
    measured.push({
      p95: median(all.map(({ p95 }) => p95)),
      fps: median(all.map(({ fps }) => fps)),
    });
  }
  return measured;
}

function heapOf(page) {
  return page.evaluate(() => {
    window.gc?.();
    return performance.memory.usedJSHeapSize / 1024 / 1024;
  });
}

function figuresOf({ grid, floor, empty }) {
  const text = ({ p95, fps }) => `${p95.toFixed(1)} ms, ${fps.toFixed(0)} fps`;
  const frames = moves.map(({ name }, index) => ({
    figure: `experiment of 2,000 cells, ${name}: p95 frame ÷ floor`,
    value: (grid.moved[index].p95 / floor[index].p95).toFixed(2),
    aim: '≤ 1.2',
    detail: `${text(grid.moved[index])}; a bare page of 2,000 images ${text(floor[index])}; median of ${rounds}`,
  }));
  return [
    ...frames,
    {
      figure: 'experiment of 2,000 cells: nodes in the page; heap over an empty one',
      value: `${grid.nodes}; ${(grid.heapMb - empty).toFixed(0)} MB`,
      aim: '≤ 1,500; ≤ 60 MB',
      detail: 'after it was scrolled and zoomed',
    },
  ];
}

/** An experiment of 500 prompts on four models, all done. */
async function makeExperiment() {
  const { planExperiment } = await loadModule('lib/core/experiments/plan.ts');
  const { catalogue } = await loadModule('lib/core/models/catalogue.ts');
  const { createCell } = await loadModule('lib/core/experiments/cell.ts');
  const { createExperiment, emptyDefinition } = await loadModule(
    'lib/core/experiments/experiment.ts',
  );
  const { cellId, textHash } = await loadModule('lib/client/experiments/cell-id.ts');
  const definition = {
    ...emptyDefinition,
    template: `A tea tin, {${valuesOf(20, 'palette')}}, in {${valuesOf(25, 'style')}}`,
    models: catalogue
      .slice(0, 4)
      .map(({ id: model }) => ({ id: model, model, options: {}, size: null })),
  };
  const { requests } = planExperiment(definition, catalogue);
  const header = { format: 'png', width: 1024, height: 1024, hasAlpha: false, orientation: 1 };
  const cells = requests.map(({ text, sends }) => {
    const place = { experiment: 'bench', key: textHash(text), attempt: 1 };
    const cell = createCell({ id: cellId(place), cell: place, sends, now: 1 });
    const slots = [{ kind: 'picture', hash: place.key, byteLength: 40_000, header }];
    const ended = { state: 'done', durationMs: 1000, slots };
    return { ...cell, ...ended, pictures: [place.key], removedPictures: [] };
  });
  const created = createExperiment('bench', 1, { name: 'Tea tins', definition });
  const hashes = cells.map(({ cell }) => cell.key);
  return { experiment: { ...created, state: 'done' }, cells, hashes };
}

function valuesOf(count, name) {
  return Array.from({ length: count }, (_, index) => `${name} ${index}`).join('|');
}

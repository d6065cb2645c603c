// npm run bench: the built app in gateway mode, each figure beside its floor in the same run.
// Nothing else should be running; `npm run build` comes first. With names it measures only those:
// `npm run bench -- painter composite`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchArrival } from './arrival.mjs';
import { benchChatPage } from './chat-page.mjs';
import { benchChatStream } from './chat-stream.mjs';
import { benchChatText } from './chat-text.mjs';
import { benchComposite } from './composite.mjs';
import { benchDatabase } from './database.mjs';
import { benchExperiments } from './experiments.mjs';
import { benchFaults } from './faults.mjs';
import { benchFirstLoad } from './first-load.mjs';
import { benchGallery } from './gallery.mjs';
import { benchGalleryStarts } from './gallery-starts.mjs';
import { benchKeptRuns } from './kept-runs.mjs';
import { benchLoad } from './load.mjs';
import { benchPage } from './page.mjs';
import { benchPageChange } from './page-change.mjs';
import { benchPainter } from './painter.mjs';
import { endedAfter, stopAll } from './processes.mjs';
import { benchProxy } from './proxy.mjs';
import { benchReferences } from './references.mjs';
import { benchRuns } from './runs.mjs';
import { startUpstream } from './servers.mjs';

const benches = {
  proxy: benchProxy,
  runs: benchRuns,
  load: benchLoad,
  'kept-runs': benchKeptRuns,
  database: benchDatabase,
  faults: benchFaults,
  page: benchPage,
  arrival: benchArrival,
  'chat-stream': benchChatStream,
  'chat-page': benchChatPage,
  'chat-text': benchChatText,
  references: benchReferences,
  painter: benchPainter,
  composite: benchComposite,
  'first-load': benchFirstLoad,
  gallery: benchGallery,
  'gallery-starts': benchGalleryStarts,
  'page-change': benchPageChange,
  experiments: benchExperiments,
};

const all = Object.keys(benches);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(1);
}
const names = asked.length > 0 ? asked : all;

try {
  await startUpstream();
  const figures = [];
  const failed = [];
  for (const name of names) {
    let measured;
    try {
      measured = await endedAfter(benches[name]);
    } catch (error) {
      // The others are still worth having: the whole takes a quarter of an hour.
      console.error(`The bench ${name} failed.`, error);
      failed.push(name);
      continue;
    }
    figures.push(...measured);
    // At once: what is measured is seen even if somebody ends a later one.
    console.table(
      Object.fromEntries(
        measured.map(({ figure, value, aim, detail }) => [figure, { value, aim, detail }]),
      ),
    );
  }
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  const results = { ...machine, failed, figures };
  mkdirSync('bench/results', { recursive: true });
  // What holds only a part must not take the place of the whole.
  const file = asked.length > 0 ? names.join('-') : 'latest';
  writeFileSync(`bench/results/${file}.json`, `${JSON.stringify(results, null, 2)}\n`);
  if (failed.length > 0) {
    console.error(`Failed: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
} finally {
  stopAll();
}

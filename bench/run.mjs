// npm run bench: the built app in gateway mode, each figure beside its floor in the same run.
// Nothing else should be running; `npm run build` comes first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchChatPage } from './chat-page.mjs';
import { benchChatStream } from './chat-stream.mjs';
import { benchComposite } from './composite.mjs';
import { benchFirstLoad } from './first-load.mjs';
import { benchPage } from './page.mjs';
import { benchPainter } from './painter.mjs';
import { stopAll } from './processes.mjs';
import { benchProxy } from './proxy.mjs';
import { benchRuns } from './runs.mjs';
import { startUpstream } from './servers.mjs';

try {
  await startUpstream();
  const figures = [
    ...(await benchProxy()),
    ...(await benchRuns()),
    ...(await benchPage()),
    ...(await benchChatStream()),
    ...(await benchChatPage()),
    ...(await benchPainter()),
    ...(await benchComposite()),
    ...(await benchFirstLoad()),
  ];
  console.table(
    Object.fromEntries(
      figures.map(({ figure, value, aim, detail }) => [figure, { value, aim, detail }]),
    ),
  );
  const results = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, figures };
  mkdirSync('bench/results', { recursive: true });
  writeFileSync('bench/results/latest.json', `${JSON.stringify(results, null, 2)}\n`);
} finally {
  stopAll();
}

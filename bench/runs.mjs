import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './compare.mjs';
import { exchange } from './exchange.mjs';
import { collectLags } from './lags.mjs';
import { median } from './processes.mjs';
import { pipeDisk, startApp } from './servers.mjs';
import { removeRun, throughRun } from './through-run.mjs';

const port = 3215;
const rounds = 3;
const cookie = `visitor=${randomUUID()}`;

/** Answers through the spool: ten pictures against a pipe to a file, and events against the mirror. */
export async function benchRuns() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-runs-'));
  try {
    const pid = await startApp(port, { DATA_DIR: dataDir });
    const path = '/api/v1/images/generations';
    const body = JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'bench', n: 10 });
    return [
      ...(await compare('ten pictures of 25 MB as a run', {
        floor: {
          name: 'pipe to a file',
          pid: pipeDisk.pid,
          work: () => exchange({ port: pipeDisk.port, path, headers: json }, [body]),
        },
        app: {
          pid,
          work: () => throughRun({ port, cookie, path, body }),
          tidyUp: (location) => removeRun({ port, cookie, location }),
        },
        megabytes: 333,
        aims: { ratio: 1.5, memory: 300 },
      })),
      await compareEvents(),
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const json = { 'content-type': 'application/json' };

/** How much later events arrive through a run than through the mirror. */
async function compareEvents() {
  const path = '/api/v1/chat/completions';
  const messages = [{ role: 'user', content: 'bench' }];
  const body = JSON.stringify({ model: 'turing/gemini-3-pro-image', stream: true, messages });
  const lags = { mirror: [], run: [] };
  for (let round = 0; round < rounds; round++) {
    const mirror = collectLags(lags.mirror);
    await exchange({ port, path, headers: json, onData: mirror }, [body]);
    await throughRun({ port, cookie, path, body, onData: collectLags(lags.run) });
  }
  const [run, mirror] = [median(lags.run), median(lags.mirror)];
  return {
    figure: 'an event of a stream: added by the run, p50',
    value: `${(run - mirror).toFixed(2)} ms`,
    aim: '≤ 1 ms',
    detail: `${run.toFixed(2)} ms − ${mirror.toFixed(2)} ms, ${lags.run.length} events each`,
  };
}

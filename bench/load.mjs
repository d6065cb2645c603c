import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { exchange } from './exchange.mjs';
import { median, peakMemory } from './processes.mjs';
import { pipeDiskPort, pipePort, startApp } from './servers.mjs';
import { removeRun, startRun, throughRun } from './through-run.mjs';

const port = 3223;
const path = '/api/v1/images/generations';
const json = { 'content-type': 'application/json' };
const bodyOf = (size) => JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'bench', size });
// What the upstream answers these with: a picture of 5 MB, or of a few bytes.
const large = bodyOf('1024x1024');
const small = bodyOf('816x816');

const visitors = Array.from({ length: 50 }, () => `visitor=${randomUUID()}`);
const rounds = 5;
const requests = 200;
const pollSeconds = 10;

/** Many at once: throughput and memory of runs, what is left of it, and what waiting costs. */
export async function benchLoad() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-load-'));
  const socket = join(dataDir, 'memory.sock');
  try {
    const pid = await startApp(port, { DATA_DIR: dataDir, HELD_SOCKET: socket }, [
      '--import',
      './bench/held-report.mjs',
    ]);
    return [
      ...(await benchThroughput(pid, socket)),
      ...(await benchFirstByte()),
      await benchStart(),
      await benchPolling(pid),
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function benchThroughput(pid, socket) {
  const through = (server) => () =>
    all((cookie) => exchange({ port: server, path, headers: { ...json, cookie } }, [large]));
  const floors = { pipe: through(pipePort), disk: through(pipeDiskPort), mirror: through(port) };
  const throughApp = () => all((cookie) => throughRun({ port, cookie, path, body: large }));
  const tidyUp = (locations) =>
    all((cookie, index) => removeRun({ port, cookie, location: locations[index] }));
  for (const warmUp of Object.values(floors)) await warmUp();
  await tidyUp(await throughApp());
  const before = await memoryAfterCollection(socket);
  const times = { pipe: [], disk: [], mirror: [], app: [] };
  const peaks = [];
  for (let round = 0; round < rounds; round++) {
    for (const [name, exchanges] of Object.entries(floors)) {
      times[name].push((await timed(exchanges)).ms);
    }
    let locations;
    peaks.push(
      await peakMemory(pid, async () => {
        const { ms, result } = await timed(throughApp);
        times.app.push(ms);
        locations = result;
      }),
    );
    await tidyUp(locations);
  }
  const after = await memoryAfterCollection(socket);
  const ratio = (floor, of) => {
    const [least, most] = [median(times[floor]), median(times[of])];
    return {
      value: (least / most).toFixed(2),
      detail: `${least.toFixed(0)} ms ÷ ${most.toFixed(0)} ms, median of ${rounds}`,
    };
  };
  const grown = (kind) => Math.round((after[kind] - before[kind]) / 1024 ** 2);
  return [
    {
      figure: '50 runs of 5 MB at once: throughput, of a pipe to a file',
      aim: '≥ 0.65',
      ...ratio('disk', 'app'),
    },
    {
      figure: '50 answers of 5 MB at once, mirrored: throughput, of the pipe',
      aim: '≥ 0.7',
      ...ratio('pipe', 'mirror'),
    },
    {
      figure: '50 runs of 5 MB at once: server memory at its peak',
      value: `${Math.max(...peaks)} MB`,
      aim: '≤ 250 MB',
      detail: `highest of ${rounds} rounds`,
    },
    {
      figure: 'after it and a collection: heap and external, grown',
      value: `${grown('heapUsed') + grown('external')} MB`,
      aim: '≤ 50 MB',
      detail: `heap ${grown('heapUsed')} MB, external ${grown('external')} MB`,
    },
    {
      figure: 'after it and a collection: RSS, grown',
      value: `${grown('rss')} MB`,
      aim: '≤ 150 MB',
      detail: `${Math.round(before.rss / 1024 ** 2)} MB before it, ${rounds} rounds`,
    },
  ];
}

/** One after the other, turn by turn: what the app adds to the time until the first byte. */
async function benchFirstByte() {
  const lags = { pipe: [], app: [] };
  for (let count = 0; count < requests; count++) {
    lags.pipe.push(await firstByte(pipePort));
    lags.app.push(await firstByte(port));
  }
  const added = (share) => quantile(lags.app, share) - quantile(lags.pipe, share);
  const detail = (share) =>
    `${quantile(lags.app, share).toFixed(1)} ms − ${quantile(lags.pipe, share).toFixed(1)} ms, ` +
    `${requests} requests each`;
  return [
    {
      figure: 'first byte of a small answer: added, p50',
      value: `${added(0.5).toFixed(1)} ms`,
      aim: '≤ 5 ms',
      detail: detail(0.5),
    },
    {
      figure: 'first byte of a small answer: added, p99',
      value: `${added(0.99).toFixed(1)} ms`,
      aim: '–',
      detail: detail(0.99),
    },
  ];
}

async function benchStart() {
  const [cookie] = visitors;
  const times = [];
  for (let count = 0; count < requests; count++) {
    const { ms, result } = await timed(() => startRun({ port, cookie, path, body: small }));
    times.push(ms);
    await exchange({ port, path: `${result}/answer`, method: 'GET', headers: { cookie } });
    await removeRun({ port, cookie, location: result });
  }
  return {
    figure: 'start of a run, p50',
    value: `${median(times).toFixed(1)} ms`,
    aim: '–',
    detail: `p99 ${quantile(times, 0.99).toFixed(1)} ms, ${requests} runs`,
  };
}

/** Every visitor asks for the list of runs once a second, as a hidden page does. */
async function benchPolling(pid) {
  await all((cookie) => throughRun({ port, cookie, path, body: small }));
  const poll = (cookie) =>
    exchange({ port, path: '/api/runs', method: 'GET', headers: { cookie } });
  const [cpuBefore, started] = [cpuMs(pid), performance.now()];
  await all(async (cookie, index) => {
    for (let second = 0; second < pollSeconds; second++) {
      const due = started + (second + index / visitors.length) * 1000;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      await poll(cookie);
    }
  });
  const elapsed = performance.now() - started;
  return {
    figure: '50 visitors asking once a second: share of a core',
    value: `${((100 * (cpuMs(pid) - cpuBefore)) / elapsed).toFixed(0)} %`,
    aim: '–',
    detail: `${visitors.length * pollSeconds} requests in ${(elapsed / 1000).toFixed(1)} s`,
  };
}

function all(work) {
  return Promise.all(visitors.map(work));
}

function firstByte(to) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let lag;
    const onData = () => {
      lag ??= performance.now() - started;
    };
    exchange({ port: to, path, headers: json, onData }, [small]).then(() => resolve(lag), reject);
  });
}

async function memoryAfterCollection(socket) {
  const { memory } = JSON.parse(await text(connect(socket)));
  return memory;
}

// Of a process, in user and system mode; a tick is a hundredth of a second (Linux).
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

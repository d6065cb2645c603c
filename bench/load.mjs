import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { exchange } from './exchange.mjs';
import { inTurn } from './in-turn.mjs';
import { cpuMs, median, quantile } from './processes.mjs';
import { pipe, pipeDisk, startApp } from './servers.mjs';
import { removeRun, startRun, throughRun } from './through-run.mjs';

const port = 3223;
const path = '/api/v1/images/generations';
const json = { 'content-type': 'application/json' };
const bodyOf = (size) => JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'bench', size });
// What the upstream answers these with: a picture of 5 MB, of 100 KB, or of a few bytes.
const large = bodyOf('1024x1024');
const medium = bodyOf('832x832');
const small = bodyOf('816x816');

const visitors = Array.from({ length: 50 }, () => `visitor=${randomUUID()}`);
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
      ...(await benchSmall(pid)),
      ...(await benchFirstByte()),
      await benchStart(),
      await benchPolling(pid),
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Fifty answers of 5 MB at once: as runs and mirrored, each beside its floor. */
async function benchThroughput(pid, socket) {
  const through = (server) => () =>
    all((cookie) => exchange({ port: server, path, headers: { ...json, cookie } }, [large]));
  const works = {
    pipe: { pid: pipe.pid, work: through(pipe.port) },
    disk: { pid: pipeDisk.pid, work: through(pipeDisk.port) },
    mirror: { pid, work: through(port) },
    runs: { pid, work: () => repeat(visitors.length, 1, runOf(large)), tidyUp: removeAll },
  };
  // What it takes to load and compile the code for the first time is no part of what grows.
  let before;
  const { of, said } = await inTurn(works, async () => {
    before = await memoryAfterCollection(socket);
  });
  const after = await memoryAfterCollection(socket);
  const ratio = (floor, ours) => ({
    value: (of(floor).ms / of(ours).ms).toFixed(2),
    detail: `${of(floor).ms.toFixed(0)} ms ÷ ${of(ours).ms.toFixed(0)} ms, ${said}`,
  });
  const perMegabyte = (name) => `${(of(name).cpuMs / visitors.length / 5).toFixed(1)} ms`;
  const grown = (kind) => Math.round((after[kind] - before[kind]) / 1024 ** 2);
  return [
    {
      figure: '50 runs of 5 MB at once: throughput, of a pipe to a file',
      aim: '≥ 0.65',
      ...ratio('disk', 'runs'),
    },
    {
      figure: '50 runs of 5 MB at once: processor time of a run; per MB',
      value: `${(of('runs').cpuMs / visitors.length).toFixed(1)} ms; ${perMegabyte('runs')}`,
      aim: '–',
      detail: `per MB: pipe ${perMegabyte('pipe')}, pipe to a file ${perMegabyte('disk')}`,
    },
    {
      figure: '50 answers of 5 MB at once, mirrored: throughput, of the pipe',
      aim: '≥ 0.7',
      ...ratio('pipe', 'mirror'),
    },
    {
      figure: '50 answers of 5 MB at once, mirrored: processor time per MB',
      value: perMegabyte('mirror'),
      aim: '–',
      detail: `pipe ${perMegabyte('pipe')}`,
    },
    {
      figure: '50 runs of 5 MB at once: server memory at its peak',
      value: `${of('runs').memory} MB`,
      aim: '≤ 250 MB',
      detail: 'highest of all rounds',
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
      aim: '≤ 50 MB',
      detail: `${Math.round(before.rss / 1024 ** 2)} MB after a first round`,
    },
  ];
}

/** Answers of 100 KB one after the other on sixteen connections, and runs that have next to no bytes. */
async function benchSmall(pid) {
  const [connections, each] = [16, 25];
  const through = (server) => () =>
    repeat(connections, each, (cookie) =>
      exchange({ port: server, path, headers: { ...json, cookie } }, [medium]),
    );
  const runsEach = 4;
  const { of, said } = await inTurn({
    pipe: { pid: pipe.pid, work: through(pipe.port) },
    mirror: { pid, work: through(port) },
    runs: {
      pid,
      work: () => repeat(visitors.length, runsEach, runOf(small)),
      tidyUp: removeAll,
    },
  });
  const perAnswer = (name) => `${(of(name).cpuMs / connections / each).toFixed(1)} ms`;
  return [
    {
      figure: 'answers of 100 KB on 16 connections: throughput, of the pipe',
      value: (of('pipe').ms / of('mirror').ms).toFixed(2),
      aim: '≥ 0.25',
      detail: `${of('pipe').ms.toFixed(0)} ms ÷ ${of('mirror').ms.toFixed(0)} ms, ${said}`,
    },
    {
      figure: 'answers of 100 KB on 16 connections: processor time of one',
      value: perAnswer('mirror'),
      aim: '–',
      detail: `pipe ${perAnswer('pipe')}`,
    },
    {
      figure: '50 small runs at once: processor time of one',
      value: `${(of('runs').cpuMs / visitors.length / runsEach).toFixed(1)} ms`,
      aim: '≤ 8 ms',
      detail: `${visitors.length * runsEach} runs a round`,
    },
  ];
}

const runOf = (body) => (cookie) => throughRun({ port, cookie, path, body });

/** @param locations of each visitor's runs */
function removeAll(locations) {
  return all((cookie, index) =>
    Promise.all(locations[index].map((location) => removeRun({ port, cookie, location }))),
  );
}

/** One after the other, turn by turn: what the app adds to the time until the first byte. */
async function benchFirstByte() {
  const lags = { pipe: [], app: [] };
  for (let count = 0; count < requests; count++) {
    lags.pipe.push(await firstByte(pipe.port));
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
    aim: '≤ 6 ms',
    detail: `p99 ${quantile(times, 0.99).toFixed(1)} ms, ${requests} runs`,
  };
}

/** Every visitor asks for the list of runs once a second, as a hidden page does. */
async function benchPolling(pid) {
  await all(runOf(small));
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

/** So many visitors at once, each so many times one after the other. @returns all results by visitor */
function repeat(count, times, work) {
  return Promise.all(
    visitors.slice(0, count).map(async (cookie) => {
      const results = [];
      for (let done = 0; done < times; done++) results.push(await work(cookie));
      return results;
    }),
  );
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

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { exchange } from './exchange.mjs';
import { end } from './processes.mjs';
import { startApp } from './servers.mjs';
import { startRun } from './through-run.mjs';

const port = 3227;
const count = 10_000;
const atOnce = 20;
const heapMb = 160;
const cookie = `visitor=${randomUUID()}`;
const path = '/api/v1/images/generations';
// The upstream answers this with a few bytes.
const body = JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'bench', size: '816x816' });

/** What ten thousand runs that have ended keep of the memory, live and after a restart, and their list. */
export async function benchKeptRuns() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-kept-'));
  const socket = join(dataDir, 'memory.sock');
  const serve = () =>
    startApp(port, { DATA_DIR: dataDir, HELD_SOCKET: socket }, [
      '--import',
      './bench/held-report.mjs',
      `--max-old-space-size=${heapMb}`,
    ]);
  try {
    let pid = await serve();
    const fresh = await heldBytes(socket);
    // The first runs compile the code.
    await startMany(count / 10);
    await allEnded();
    const before = await heldBytes(socket);
    await startMany(count);
    const runs = await allEnded();
    const live = (await heldBytes(socket)) - before;
    const lists = await benchLists();
    await end(pid);
    pid = await serve();
    await readList();
    const restored = (await heldBytes(socket)) - fresh;
    await end(pid);
    const floor = plainBytes(runs);
    return [
      perRun('a run that has ended, live', live / count, floor),
      perRun('a run that has ended, after a restart', restored / runs.length, floor),
      {
        figure: `${runs.length} runs in a heap of ${heapMb} MB`,
        value: 'pass',
        aim: 'pass',
        detail: `grown by ${(live / 1024 ** 2).toFixed(1)} MB`,
      },
      lists,
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function perRun(figure, bytes, floor) {
  return {
    figure: `${figure}: bytes of memory`,
    value: bytes.toFixed(0),
    aim: '≤ 2048',
    detail: `as a plain object in a Map: ${floor.toFixed(0)}`,
  };
}

async function startMany(runs) {
  let left = runs;
  const startNext = async () => {
    while (left-- > 0) await startRun({ port, cookie, path, body });
  };
  await Promise.all(Array.from({ length: atOnce }, startNext));
}

async function allEnded() {
  for (;;) {
    const runs = await readList();
    if (runs.every(({ endedAt }) => endedAt !== null)) return runs;
  }
}

/** All pieces of the list, one after the other. */
async function readList() {
  const runs = [];
  for (let next = '/api/runs'; next; ) {
    const piece = await readJson(next);
    runs.push(...piece.runs);
    next = piece.next;
  }
  return runs;
}

async function readJson(address) {
  const chunks = [];
  const onData = (chunk) => chunks.push(chunk);
  await exchange({ port, path: address, method: 'GET', headers: { cookie }, onData });
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function benchLists() {
  const alone = await timed(readList);
  let slowest = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) slowest = Math.max(slowest, await timed(() => readJson('/api/health')));
  })();
  const together = await timed(() => Promise.all(Array.from({ length: atOnce }, readList)));
  isOver = true;
  await watching;
  return {
    figure: `${atOnce} lists of all of them at once`,
    value: `${together.toFixed(0)} ms`,
    aim: '–',
    detail: `one alone ${alone.toFixed(0)} ms; the slowest health meanwhile ${slowest.toFixed(0)} ms`,
  };
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The heap of the server after a collection. */
async function heldBytes(socket) {
  const { memory } = JSON.parse(await text(connect(socket)));
  return memory.heapUsed + memory.external;
}

/** What one of these takes as a plain object in a Map: the floor. */
function plainBytes(runs) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const lines = runs.map((run) => JSON.stringify(run));
  collect();
  const before = process.memoryUsage().heapUsed;
  const kept = new Map(lines.map((line) => JSON.parse(line)).map((run) => [run.id, run]));
  collect();
  return (process.memoryUsage().heapUsed - before) / kept.size;
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { benchLag } from './database-lag.mjs';
import { exchange } from './exchange.mjs';
import { inTurn } from './in-turn.mjs';
import { cpuMs, median, othersShare, quantile } from './processes.mjs';
import { pipe, pipeDisk, startApp } from './servers.mjs';
import { removeRun, startRun, throughRun } from './through-run.mjs';

const ports = { one: 3231, other: 3232, disk: 3233 };
const path = '/api/v1/images/generations';
const json = { 'content-type': 'application/json' };
const bodyOf = (size) => JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'bench', size });
const [large, small] = [bodyOf('1024x1024'), bodyOf('816x816')];
const megabytes = 50 * 5;

const visitors = Array.from({ length: 50 }, () => `visitor=${randomUUID()}`);
const [first] = visitors;
const onOne = () => ports.one;
const onBoth = (index) => (index % 2 ? ports.other : ports.one);

/** Servers that share a PostgreSQL on this machine: one, two, one without, and the pipes. */
export async function benchDatabase() {
  const { NODE_ENV } = process.env;
  const { module } = await runnerImport('./e2e/postgres/start-postgres.ts', { configFile: false });
  // It has set that, and the servers would take it over.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  const postgres = await module.startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'bench-database-'));
  const serve = async (name, env) =>
    startApp(ports[name], { DATA_DIR: join(folder, name), ...env }, ['--max-semi-space-size=1']);
  try {
    const shared = { DATABASE_URL: await postgres.database() };
    const pids = {
      one: await serve('one', shared),
      other: await serve('other', shared),
      disk: await serve('disk', {}),
    };
    await Promise.all([isReady(ports.one), isReady(ports.other)]);
    return [
      ...(await benchThroughput(pids)),
      ...(await benchStarts()),
      ...(await benchReader(pids.other)),
      ...(await benchList(pids.one)),
      ...(await benchLag(ports)),
    ];
  } finally {
    await postgres.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Until it has spoken with its database. */
async function isReady(port) {
  while (!(await fetch(`http://127.0.0.1:${port}/api/ready`)).ok) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function benchThroughput(pids) {
  const runs = (pid, portOf) => ({
    pid,
    work: () => all((cookie, index) => through(portOf(index), cookie, large)),
    tidyUp: removeAll,
  });
  const { of, said } = await inTurn({
    floor: {
      pid: pipeDisk.pid,
      work: () =>
        all((cookie) =>
          exchange({ port: pipeDisk.port, path, headers: { ...json, cookie } }, [large]),
        ),
    },
    disk: runs(pids.disk, () => ports.disk),
    one: runs(pids.one, onOne),
    two: runs(pids.one, onBoth),
  });
  const speed = (name) => `${((megabytes * 1000) / of(name).ms).toFixed(0)} MB/s`;
  const figure = (name) => `50 runs of 5 MB at once with a database: ${name}`;
  return [
    {
      figure: figure('throughput of one server'),
      value: speed('one'),
      aim: '≥ 30 MB/s',
      detail: `pipe to a file ${speed('floor')}, without a database ${speed('disk')}, ${said}`,
    },
    {
      figure: figure('throughput of two servers'),
      value: speed('two'),
      aim: '–',
      detail: `÷ one: ${(of('one').ms / of('two').ms).toFixed(2)}; gateway, clients and database beside them`,
    },
    {
      figure: figure('processor time of the server per MB'),
      value: `${(of('one').cpuMs / megabytes).toFixed(1)} ms`,
      aim: '–',
      detail: `without a database ${(of('disk').cpuMs / megabytes).toFixed(1)} ms`,
    },
    {
      figure: figure('server memory at its peak'),
      value: `${of('one').memory} MB`,
      aim: '≤ 250 MB',
      detail: `without a database ${of('disk').memory} MB, both as the image starts them`,
    },
  ];
}

async function benchStarts() {
  const times = { one: [], disk: [] };
  const others = othersShare();
  for (let count = 0; count < 200; count++) {
    for (const name of ['one', 'disk']) {
      const port = ports[name];
      const started = performance.now();
      const location = await startRun({ port, cookie: first, path, body: small });
      times[name].push(performance.now() - started);
      await exchange({
        port,
        path: `${location}/answer`,
        method: 'GET',
        headers: { cookie: first },
      });
      await removeRun({ port, cookie: first, location });
    }
  }
  const each = 4;
  const work = (portOf) => async () => {
    const started = performance.now();
    const locations = await all(async (cookie, index) => {
      const found = [];
      for (let count = 0; count < each; count++) {
        found.push((await through(portOf(index), cookie, small)).location);
      }
      return found.map((location) => ({ port: portOf(index), location }));
    });
    const perSecond = (visitors.length * each * 1000) / (performance.now() - started);
    await all((cookie, index) =>
      Promise.all(
        locations[index].map(({ port, location }) => removeRun({ port, cookie, location })),
      ),
    );
    return perSecond;
  };
  const speeds = { one: [], two: [] };
  for (let round = 0; round < 4; round++) {
    speeds.one.push(await work(onOne)());
    speeds.two.push(await work(onBoth)());
  }
  const [one, two] = [median(speeds.one.slice(1)), median(speeds.two.slice(1))];
  const took = `others took ${percent(others())}`;
  return [
    {
      figure: 'start of a run with a database, p50',
      value: ms(median(times.one)),
      aim: '≤ 25 ms',
      detail: `p95 ${ms(quantile(times.one, 0.95))}; without ${ms(median(times.disk))}; 200 runs, ${took}`,
    },
    {
      figure: 'small runs of 50 people on two servers of a database',
      value: `${two.toFixed(0)} a second`,
      aim: '–',
      detail: `on one ${one.toFixed(0)}, ÷ one: ${(two / one).toFixed(2)}; 200 runs, median of 3, ${took}`,
    },
  ];
}

/** Fifty stored answers, read at a server that did not carry them out; as a floor, the pipe sends them. */
async function benchReader(pid) {
  const locations = await all((cookie) => through(ports.one, cookie, large));
  const { of, said } = await inTurn({
    pipe: {
      pid: pipe.pid,
      work: () =>
        all((cookie) => exchange({ port: pipe.port, path, headers: { ...json, cookie } }, [large])),
    },
    reader: {
      pid,
      work: () =>
        all((cookie, index) =>
          exchange({
            port: ports.other,
            path: `${locations[index].location}/answer`,
            method: 'GET',
            headers: { cookie },
          }),
        ),
    },
  });
  await removeAll(locations);
  const cost = (name) => `${(of(name).cpuMs / megabytes).toFixed(1)} ms`;
  return [
    {
      figure: 'answers of 5 MB read at another server: processor time per MB',
      value: cost('reader'),
      aim: '–',
      detail: `pipe ${cost('pipe')}, ${said}`,
    },
    {
      figure: 'answers of 5 MB read at another server: server memory at its peak',
      value: `${of('reader').memory} MB`,
      aim: '≤ 250 MB',
      detail: '50 readers at once',
    },
  ];
}

/** A hundred people ask for their list once a second. */
async function benchList(pid) {
  const people = Array.from({ length: 100 }, () => `visitor=${randomUUID()}`);
  const seconds = 10;
  const times = [];
  for (const cookie of people) await through(ports.one, cookie, small);
  const [others, cpuBefore, started] = [othersShare(), cpuMs(pid), performance.now()];
  await Promise.all(
    people.map(async (cookie, index) => {
      for (let second = 0; second < seconds; second++) {
        const due = started + (second + index / people.length) * 1000;
        await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
        const asked = performance.now();
        await exchange({ port: ports.one, path: '/api/runs', method: 'GET', headers: { cookie } });
        times.push(performance.now() - asked);
      }
    }),
  );
  const elapsed = performance.now() - started;
  return [
    {
      figure: 'list of 100 people once a second, with a database: answered',
      value: `${((times.length * 1000) / elapsed).toFixed(0)} a second`,
      aim: '≥ 99',
      detail:
        `p50 ${ms(median(times))}, p95 ${ms(quantile(times, 0.95))}, ` +
        `${percent((cpuMs(pid) - cpuBefore) / elapsed)} of a core, others took ${percent(others())}`,
    },
  ];
}

async function through(port, cookie, body) {
  return { port, location: await throughRun({ port, cookie, path, body }) };
}

const removeAll = (runs) => all((cookie, index) => removeRun({ cookie, ...runs[index] }));
const all = (work) => Promise.all(visitors.map(work));
const ms = (value) => `${value.toFixed(1)} ms`;
const percent = (share) => `${Math.round(100 * share)} %`;

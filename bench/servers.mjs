import { answers, start } from './processes.mjs';

const upstreamPort = 4210;
const apiKey = 'sk-bench-0123456789abcdef';

/** The API of a server of this machine. */
export const urlOf = (port) => `http://127.0.0.1:${port}/api/v1`;

/** The bare pipe; its process is known once it has been started. */
export const pipe = { script: 'bench/pipe.mjs', port: 4211, pid: 0 };

/** The pipe that also keeps what passes in a file. */
export const pipeDisk = { script: 'bench/pipe-disk.mjs', port: 4212, pid: 0 };

/** Starts the upstream, and the bare pipe and the pipe to a file in front of it. */
export async function startUpstream() {
  const ready = (port) => async () =>
    (await fetch(`${urlOf(port)}/images/edits`, { method: 'POST', body: 'x' })).ok;
  await start(['bench/upstream.mjs'], { PORT: upstreamPort }, ready(upstreamPort));
  for (const one of [pipe, pipeDisk]) {
    const env = { PORT: one.port, UPSTREAM: urlOf(upstreamPort) };
    one.pid = await start([one.script], env, ready(one.port));
  }
}

/** When a client last left a stream of the upstream before its end, in ms since 1970; 0: never. */
export async function lastLeftAt() {
  return Number(await (await fetch(`${urlOf(upstreamPort)}/left`)).text());
}

/** Starts the built app by itself, for this machine only, with these settings. @returns its process id */
export function serveApp(port, env, nodeOptions = []) {
  const next = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)];
  // What a bench leaves under way is not waited for.
  const settings = {
    SHUTDOWN_GRACE_SECONDS: '0',
    // A bench sends more than a gateway's 60 requests an hour.
    MODELS_FILE: 'e2e/models-without-rates.json',
    ...env,
  };
  return start([...nodeOptions, ...next], settings, answers(`http://127.0.0.1:${port}/api/health`));
}

/** Starts the built app before that upstream. @returns its process id */
export function startApp(port, env, nodeOptions) {
  const gateway = { TURING_BASE_URL: urlOf(upstreamPort), TURING_API_KEY: apiKey };
  return serveApp(port, { ...gateway, ...env }, nodeOptions);
}

/** Starts an upstream of a bench's own, and the built app before it. */
export async function startWithUpstream(script, { ports: own, dataDir, env = {} }) {
  const url = `http://127.0.0.1:${own.upstream}`;
  await start([script], { PORT: own.upstream }, answers(`${url}/`));
  const gateway = { TURING_BASE_URL: url, TURING_API_KEY: apiKey };
  await serveApp(own.app, { ...gateway, DATA_DIR: dataDir, ...env });
}

// Serves the upstream that fails as it is told in a process of its own, for benches and by hand:
// PORT=4310 node e2e/serve-fault-upstream.mjs. GET /counts tells how many requests it has had.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport(`${root}e2e/fault-upstream.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
});
const upstream = await module.startFaultUpstream({ port: Number(process.env.PORT ?? 4310) });
console.log(`Fault upstream at ${upstream.url} (any key; its faults are listed in e2e/faults.ts)`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => upstream.close().then(() => process.exit(0)));
}

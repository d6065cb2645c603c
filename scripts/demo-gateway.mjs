// Serves the demo gateway alone, for SDKs and tests: npm run demo-gateway
// PORT (4010), DEMO_LATENCY_MS (1500). Any key is accepted. GET /counts tells the POSTs so far.
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const load = async (path) =>
  (await runnerImport(`${root}${path}`, { root, configFile: false, logLevel: 'error' })).module;

const [{ createDemoGateway }, { catalogue }] = await Promise.all([
  load('lib/demo/gateway.ts'),
  load('lib/core/models/catalogue.ts'),
]);

const port = readNumber('PORT', 4010, 65_535);
const latencyMs = readNumber('DEMO_LATENCY_MS', 1500, 3_600_000);
const gateway = createDemoGateway({ models: catalogue, latencyMs });

const server = serve(
  { fetch: answer, port, hostname: '127.0.0.1', overrideGlobalObjects: false },
  ({ port: actual }) => {
    console.log(
      `Demo gateway at http://127.0.0.1:${actual}/api/v1 (any key; press Ctrl+C to stop)`,
    );
  },
);
server.on('error', (error) => {
  console.error(`The demo gateway cannot listen on port ${port}: ${error.message}`);
  process.exit(1);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}

function answer(request) {
  const { pathname } = new URL(request.url);
  if (pathname === '/counts' && request.method === 'GET') return Response.json(gateway.counts());
  return gateway.fetch(request);
}

function readNumber(name, usual, most) {
  const text = process.env[name];
  if (text === undefined || text === '') return usual;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  console.error(
    `${name} must be a whole number from 0 to ${most}, not ${text}. Default: ${usual}.`,
  );
  process.exit(1);
}

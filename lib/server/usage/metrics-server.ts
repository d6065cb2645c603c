import 'server-only';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { inFlight } from '../in-flight';
import type { StoreState } from '../runs/run-store';
import { SettingsError } from '../settings-error';
import type { Admission } from '../sharing/admission';
import { getAdmission, getRunStore } from '../stores';
import { metrics } from './metrics';

/**
 * Serves `GET /metrics` (Prometheus text) on a port of its own, so that no address of the pages leads to it.
 * @param host where the pages are served too
 * @throws SettingsError if the port cannot be had
 */
export async function serveMetrics({ host, port }: { host: string; port: number }): Promise<void> {
  const { registry } = metrics();
  collectDefaultMetrics({ register: registry });
  addGauges(registry);
  const server = createServer((request, response) => {
    answer(registry, request, response).catch(() => response.destroy());
  });
  // The process ends without it.
  server.unref();
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new SettingsError(
      'METRICS_PORT',
      `must be a free port of its own, other than that of the pages; ` +
        `${host}:${port} cannot be listened on (${code}).`,
    );
  }
}

async function answer(
  registry: Registry,
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isRead = method === 'GET' || method === 'HEAD';
  const status = url.split('?', 1)[0] !== '/metrics' ? 404 : isRead ? 200 : 405;
  const text = status === 200 ? await registry.metrics() : 'The metrics are at GET /metrics.\n';
  const type = status === 200 ? registry.contentType : 'text/plain; charset=utf-8';
  const headers = { 'content-type': type, 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(method === 'HEAD' ? undefined : text);
}

// Without a store everything else is still to be read, just then.
async function ifKnown<T>(look: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch {
    return undefined;
  }
}

// What is not counted but looked at, whenever somebody asks.
function addGauges(registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: 'playground_requests_under_way',
    help: 'Requests that have come and not ended, runs and those of SDKs.',
    registers,
    collect() {
      this.set(inFlight().count);
    },
  });
  type Line = Awaited<ReturnType<Admission['gauges']>>[number];
  const addLine = (name: string, help: string, read: (line: Line) => number) =>
    new Gauge({
      name: `playground_queue_${name}`,
      help,
      labelNames: ['model'],
      registers,
      async collect() {
        const lines = await ifKnown(() => getAdmission().gauges());
        for (const line of lines ?? []) this.set({ model: line.model }, read(line));
      },
    });
  addLine('waiting', 'Requests in the line of a model.', ({ waiting }) => waiting);
  addLine('window_used', 'Requests sent within the window of a rate.', ({ used }) => used);
  addLine('window_limit', 'Requests that the rate of a model allows.', ({ limit }) => limit);
  addLine(
    'oldest_wait_seconds',
    'How long the oldest request in a line has stood there.',
    ({ oldestWaitSeconds }) => oldestWaitSeconds,
  );
  const addSpool = (name: string, help: string, read: (state: StoreState) => number) =>
    new Gauge({
      name: `playground_spool_${name}`,
      help,
      registers,
      async collect() {
        const state = await ifKnown(async () => (await getRunStore()).state());
        if (state) this.set(read(state));
      },
    });
  addSpool('bytes', 'Bytes of stored answers.', ({ bytes }) => bytes);
  addSpool(
    'reserved_bytes',
    'Bytes of stored answers, and those kept free for answers under way.',
    ({ reservedBytes }) => reservedBytes,
  );
}

import 'server-only';
import { Counter, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '../../core/api-error';
import type { EndpointName } from '../../core/models/model';
import type { Run } from '../../core/runs/run';
import { singleton } from '../singleton';

/** How a request ended that the gateway may have got, or that it could not be given. */
export type RequestEnd = Extract<Run['state'], 'done' | 'failed' | 'cancelled' | 'interrupted'>;

/**
 * What this process counts. No label names a person, and none has a value that a client could make up: a model is
 * one of the catalogue, a code one of ours.
 */
export const metrics = () => singleton('metrics', createMetrics);

const aboutRequests = ['endpoint', 'model'] as const;

function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'playground_requests_total',
    help: 'Requests to the gateway, runs and those of SDKs, by how they ended.',
    labelNames: [...aboutRequests, 'end'],
    registers,
  });
  const seconds = new Histogram({
    name: 'playground_request_seconds',
    help: 'Seconds from the beginning of a request to the end of its answer.',
    labelNames: aboutRequests,
    buckets: [1, 2.5, 5, 10, 20, 30, 60, 120, 180, 300, 600, 1800],
    registers,
  });
  const firstByte = new Histogram({
    name: 'playground_first_byte_seconds',
    help: 'Seconds from the last byte of a request to the first of its answer.',
    labelNames: aboutRequests,
    buckets: [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 180, 300, 600],
    registers,
  });
  const waited = new Histogram({
    name: 'playground_queue_wait_seconds',
    help: 'Seconds that a request stood in the line of its model before it was sent.',
    labelNames: ['model'],
    buckets: [1, 10, 60, 300, 600, 1800, 3600, 7200, 14_400],
    registers,
  });
  const refusals = new Counter({
    name: 'playground_refusals_total',
    help: 'Requests that this server answered with an error of its own, by its code.',
    labelNames: ['code'],
    registers,
  });
  const gatewayAnswers = new Counter({
    name: 'playground_gateway_answers_total',
    help: 'Answers of the gateway by HTTP status; none: it gave no answer.',
    labelNames: ['status'],
    registers,
  });
  const store = new Histogram({
    name: 'playground_store_seconds',
    help: 'Seconds that a transaction of the database took, with the wait for a connection.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const lost = new Counter({
    name: 'playground_runs_lost_total',
    help: 'Runs of this server that another has taken over (fenced), and of dead servers that it has ended (interrupted).',
    labelNames: ['how'],
    registers,
  });
  return {
    registry,
    storeTook: (ms: number) => store.observe(ms / 1000),
    lost: (how: 'fenced' | 'interrupted', runs: number) => lost.inc({ how }, runs),
    /** @param ms how long it took; undefined: not known */
    ended(request: { endpoint: EndpointName; model: string | null; end: RequestEnd; ms?: number }) {
      const labels = { endpoint: request.endpoint, model: request.model ?? 'unknown' };
      requests.inc({ ...labels, end: request.end });
      if (request.ms !== undefined) seconds.observe(labels, request.ms / 1000);
    },
    firstByte(request: { endpoint: EndpointName; model: string }, ms: number) {
      firstByte.observe({ endpoint: request.endpoint, model: request.model }, ms / 1000);
    },
    waited: (model: string, ms: number) => waited.observe({ model }, ms / 1000),
    refused: (code: ErrorCode) => refusals.inc({ code }),
    /** @param status null: it gave no answer */
    gatewayAnswered: (status: number | null) => gatewayAnswers.inc({ status: status ?? 'none' }),
  };
}

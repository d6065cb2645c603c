import { readFileSync } from 'node:fs';
import { beforeEach, inject } from 'vitest';
import { startFaultUpstream } from '../fault-upstream';

/** The upstream of both servers; each test counts its own requests only. */
export const upstream = await startFaultUpstream({ port: inject('upstreamPort') });

/** A server without a password, on this machine only. */
export const open = withOutput(inject('open'));
/** A server with a password, on the network. */
export const locked = withOutput(inject('locked'));

function withOutput<App extends { log: string }>(app: App) {
  return { ...app, output: () => readFileSync(app.log, 'utf8') };
}

/** Has each test of a file begin without requests. */
export function forgetRequests(): void {
  beforeEach(() => {
    upstream.requests.length = 0;
  });
}

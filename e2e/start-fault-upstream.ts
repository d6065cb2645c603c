import { startFaultUpstream } from './fault-upstream';
import { faultUpstream } from './servers';

/** Playwright's global setup: the upstream lives in the test runner and ends with it. */
export default async function setup(): Promise<() => Promise<void>> {
  const upstream = await startFaultUpstream({ port: faultUpstream.port });
  return upstream.close;
}

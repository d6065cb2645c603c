import 'server-only';
import { jsonResponse } from './answer/response';
import { inFlight } from './in-flight';
import type { RunStore } from './runs/run-store';
import { getRunStore } from './stores';

/**
 * `GET /api/ready`: whether a load balancer should send people here: 200 or 503 with `{ready, store, room,
 * stopping}`. It asks nobody else.
 */
export async function handleReady({
  store = getRunStore,
  stopping = inFlight().stopping,
}: {
  store?: () => Promise<Pick<RunStore, 'state'>>;
  stopping?: AbortSignal;
} = {}): Promise<Response> {
  // Why the store cannot be opened is in the log.
  const state = await store()
    .then((opened) => opened.state())
    .catch(() => ({ isWritable: false, hasRoom: false }));
  const facts = { store: state.isWritable, room: state.hasRoom, stopping: stopping.aborted };
  const ready = facts.store && facts.room && !facts.stopping;
  return jsonResponse({ ready, ...facts }, { status: ready ? 200 : 503 });
}

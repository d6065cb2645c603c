import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { inFlight } from './in-flight';
import { log } from './log';

// Runs that are cut off still have to be recorded.
const writeDownMs = 10_000;
// So long after the last run has ended, pages can still see that and open its answer.
const lastLookMs = 3000;
// The least time for those who are reading an answer then.
const readOutMs = 10_000;
// One Ctrl-C can arrive twice: from the terminal, and from npm, which passes it on.
const sameSignalMs = 1000;

/**
 * Takes over from Next what SIGTERM and SIGINT do. From the first one on nothing new goes upstream, and
 * everything else is served. What is in flight has `graceMs` to finish; what is left then is cut off
 * and says so. Readers finish, and the process ends with 0. A second signal ends it at once.
 */
export function takeOverSignals(graceMs: number): void {
  let begunAt: number | undefined;
  // Those that were asked something: that of the pages, and that of the metrics.
  const servers = new Set<Server>();
  let closing = false;
  const sockets: Sockets = new Map();
  const note = (socket: Socket, response?: ServerResponse) => {
    if (!sockets.has(socket)) socket.once('close', () => sockets.delete(socket));
    sockets.set(socket, response);
  };
  subscribe('net.server.socket', (message) => note((message as { socket: Socket }).socket));
  subscribe('http.server.request.start', (message) => {
    const request = message as { server: Server; socket: Socket; response: ServerResponse };
    servers.add(request.server);
    note(request.socket, request.response);
    // Otherwise a page that polls would keep its connection open for ever.
    if (closing) request.response.shouldKeepAlive = false;
  });

  const stop = async (signal: NodeJS.Signals) => {
    const work = inFlight();
    const { count } = work;
    const deadline = performance.now() + graceMs;
    log().info({ signal, underWay: count, graceSeconds: graceMs / 1000 }, 'stopping');
    work.refuse();
    if (!(await work.idle(graceMs))) {
      log().warn({ underWay: work.count }, 'grace period over: aborting requests in flight');
      work.cut();
      await work.idle(writeDownMs);
    }
    if (count > 0 && servers.size > 0) await pause(Math.min(lastLookMs, graceMs));
    closing = true;
    await close(servers, sockets, Math.max(readOutMs, deadline - performance.now()));
    log().info('stopped');
  };

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    const nexts = process.listeners(signal);
    process.on(signal, () => {
      if (begunAt !== undefined) {
        if (performance.now() - begunAt > sameSignalMs) process.exit(code);
        return;
      }
      begunAt = performance.now();
      stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          log().error({ err: error }, 'the server failed to stop cleanly');
          process.exit(1);
        },
      );
    });
    // Only now: a signal that has come but is not handled yet is lost with its last listener.
    for (const listener of nexts) process.off(signal, listener);
  }
}

// The open connections, each with the response to the last request that came on it.
type Sockets = Map<Socket, ServerResponse | undefined>;

/**
 * Takes no new connections, and closes each open one when its answer has been read, or if it has asked
 * for nothing. After `waitMs` what is still open ends with the process.
 */
async function close(
  servers: ReadonlySet<Server>,
  sockets: Sockets,
  waitMs: number,
): Promise<void> {
  const closeIdle = () => {
    for (const [socket, response] of sockets) {
      if (!response || response.writableFinished) socket.destroy();
    }
  };
  const idle = setInterval(closeIdle, 100);
  const closed = Promise.all(
    [...servers].map((server) => new Promise((resolve) => server.close(resolve))),
  );
  await Promise.race([closed, pause(waitMs)]);
  clearInterval(idle);
}

import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { isLoopback, listeningAddresses, notePeers } from './access/addresses';
import { getSessions } from './access/sessions';
import { noteTrustedUsers } from './access/trusted-user';
import { type Config, getConfig } from './config';
import { guardConnections } from './connection/guard-connections';
import { answerDirectly, type DirectRoutes } from './direct';
import { log, logConsole } from './log';
import { startPostgres } from './postgres/open-postgres';
import { prepareDataDir } from './runs/run-files';
import { SettingsError } from './settings-error';
import { takeOverSignals } from './shutdown';
import { getAdmission, getRunStore } from './stores';
import { serveMetrics } from './usage/metrics-server';

/**
 * Runs once, before the first request. Ends the process if a setting is wrong.
 * @param isDev whether this is `next dev`, which handles the signals itself
 * @param direct what is answered without Next, except in `next dev`
 */
export async function startServer({
  isDev,
  direct,
}: {
  isDev: boolean;
  direct: DirectRoutes;
}): Promise<void> {
  if (!isDev) logConsole();
  let config: Config;
  let addresses: string[];
  try {
    config = getConfig();
    prepareDataDir(config);
    const { gateway, models } = config;
    const upstream = gateway.mode === 'gateway' ? new URL(gateway.baseUrl).host : 'in process';
    const proxied = gateway.mode === 'gateway' ? gateway.proxy : undefined;
    // Of a proxy its host only: the URL may hold a password.
    const proxy = proxied === undefined ? undefined : new URL(proxied).host;
    log().info({ mode: gateway.mode, upstream, proxy, models: models.length }, 'gateway');
    addresses = listeningAddresses();
    checkLock(config, addresses);
    if (!isDev) takeOverSignals(config.shutdownGraceMs);
  } catch (error) {
    endStart(error);
  }
  allowSlowUploads();
  collectLessOften();
  notePeers();
  noteTrustedUsers(config);
  const { databaseUrl, metricsPort: port } = config;
  // Hot reload needs what is taken away there.
  if (!isDev) {
    const answers = answerDirectly(direct);
    guardConnections(
      (request, response) => request.socket.localPort !== port && answers(request, response),
    );
  }
  if (databaseUrl === undefined) {
    // Reads what was sent before a restart. Without that nothing may be sent.
    getAdmission();
    // Restores the runs on the disk now and not at the first request.
    getRunStore().catch(() => {});
  } else {
    startPostgres({ ...config, databaseUrl }, endStart);
  }
  // Where Next listens is not always known; then nobody else may read them.
  if (port !== undefined) {
    await serveMetrics({ host: addresses[0] ?? '127.0.0.1', port }).catch(endStart);
  }
}

function endStart(error: unknown): never {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`\nThe server cannot start: ${error.message}\n\n`);
  process.exit(1);
}

/**
 * Logs who can use the server.
 * @throws SettingsError if it has a key, no lock, and is open to the network
 */
function checkLock(
  { lock, trustedUser, allowOpen, gateway, databaseUrl }: Config,
  addresses: readonly string[],
): void {
  if (lock === 'header') {
    const hasSecret = trustedUser?.secret !== undefined;
    log().info({ addresses, header: trustedUser?.header, hasSecret }, 'a proxy names people');
  } else if (lock === 'password') {
    if (databaseUrl === undefined) getSessions();
    log().info({ addresses }, 'a password is required');
  } else if (gateway.mode === 'gateway' && !isLoopback(addresses)) {
    if (!allowOpen) {
      const where = addresses.length > 0 ? `listens on ${addresses.join(', ')}` : 'is open';
      throw new SettingsError(
        'APP_PASSWORD',
        `is missing: the server ${where}, so anyone on the network could use its key. ` +
          'Set a password, set ALLOW_OPEN=1 to allow this, or listen on this machine only ' +
          'with --hostname 127.0.0.1.',
      );
    }
    log().warn({ addresses }, 'open to everyone who can reach it, because ALLOW_OPEN is 1');
  } else {
    log().info({ addresses }, 'no password is required');
  }
}

// Node ends a request whose upload takes longer than 300 s, as sixteen large pictures may over a slow
// network. The reader of the upload bounds the silence instead.
function allowSlowUploads(): void {
  subscribe('http.server.request.start', (message) => {
    (message as { server: Server }).server.requestTimeout = 0;
  });
}

// V8 adds the bytes of buffers to its heap when it decides whether to mark, and lets it grow by little between
// two markings. The buffers of answers on their way alone grow by 32 MB from one collection of
// young garbage to the next, so that it would mark the whole heap without a pause. With 110 % it rests in
// between; with 150 % fifty runs at once take as much memory as they may have.
function collectLessOften(): void {
  setFlagsFromString('--heap-growing-percent=110');
}

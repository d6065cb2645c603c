import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { isLoopback, listeningAddresses, notePeers } from './access/addresses';
import { getSessions } from './access/sessions';
import { type Config, getConfig } from './config';
import { log } from './log';
import { getRunStore, prepareDataDir } from './runs/run-store';
import { SettingsError } from './settings-error';
import { takeOverSignals } from './shutdown';

/**
 * What happens once, before the first request: settings are read, or the process ends.
 * @param isDev whether this is `next dev`, which has to see the signals itself
 */
export function startServer({ isDev }: { isDev: boolean }): void {
  try {
    const config = getConfig();
    prepareDataDir(config);
    const { gateway, models } = config;
    const upstream = gateway.mode === 'gateway' ? new URL(gateway.baseUrl).host : 'in process';
    log().info({ mode: gateway.mode, upstream, models: models.length }, 'gateway');
    checkLock(config);
    if (!isDev) takeOverSignals(config.shutdownGraceMs);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`\nThe server cannot start: ${error.message}\n\n`);
    process.exit(1);
  }
  allowSlowUploads();
  notePeers();
  // What was kept from before is looked through now, not at the first request.
  getRunStore().catch((error: unknown) => log().error({ err: error }, 'runs cannot be restored'));
}

/**
 * Says whom the server serves, and refuses a company's key on a network without a password.
 * @throws SettingsError
 */
function checkLock({ password, allowOpen, gateway }: Config): void {
  const addresses = listeningAddresses();
  if (password !== undefined) {
    getSessions();
    log().info({ addresses }, 'a password is asked for');
  } else if (gateway.mode === 'gateway' && !isLoopback(addresses)) {
    if (!allowOpen) {
      const where = addresses.length > 0 ? `listens on ${addresses.join(', ')}` : 'is open';
      throw new SettingsError(
        'APP_PASSWORD',
        `is missing: the server ${where}, so that everybody on the network could spend with its ` +
          'key. Set a password; or ALLOW_OPEN=1 to leave it open on purpose; or listen on this ' +
          'machine only, with --hostname 127.0.0.1.',
      );
    }
    log().warn({ addresses }, 'open to everybody who reaches it, since ALLOW_OPEN is 1');
  } else {
    log().info({ addresses }, 'no password is asked for');
  }
}

// Node ends a request whose upload takes longer than 300 s; sixteen large pictures over a slow
// network may. Silence is bounded where the upload is read.
function allowSlowUploads(): void {
  subscribe('http.server.request.start', (message) => {
    (message as { server: Server }).server.requestTimeout = 0;
  });
}

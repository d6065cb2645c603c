import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { getConfig } from './config';
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
    if (!isDev) takeOverSignals(config.shutdownGraceMs);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`\nThe server cannot start: ${error.message}\n\n`);
    process.exit(1);
  }
  allowSlowUploads();
  // What was kept from before is looked through now, not at the first request.
  getRunStore().catch((error: unknown) => log().error({ err: error }, 'runs cannot be restored'));
}

// Node ends a request whose upload takes longer than 300 s; sixteen large pictures over a slow
// network may. Silence is bounded where the upload is read.
function allowSlowUploads(): void {
  subscribe('http.server.request.start', (message) => {
    (message as { server: Server }).server.requestTimeout = 0;
  });
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppServer, apiKey, startApp } from './app-server';
import { type FaultUpstream, startFaultUpstream } from './fault-upstream';

/** The model that has a line. */
export const model = 'turing/gpt-image-2';

/** An app whose model is asked only so often, by everybody together, before an upstream that notes what it is sent. */
export async function startWithLine(
  rate: { requests: number; seconds: number },
  settings: Record<string, string> = {},
): Promise<{ app: AppServer; upstream: FaultUpstream; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'line-'));
  const file = join(folder, 'models.json');
  writeFileSync(file, JSON.stringify([{ id: model, extends: model, rate }]));
  const upstream = await startFaultUpstream();
  const app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    MODELS_FILE: file,
    ...settings,
  });
  const stop = async () => {
    await app.stop();
    await upstream.close();
    rmSync(folder, { recursive: true });
  };
  return { app, upstream, stop };
}

import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../config';
import { handleReady } from '../ready';
import { singleton } from '../singleton';
import { getDiskStore } from './disk-store';

const dataDir = mkdtempSync(join(tmpdir(), 'own-store-'));
beforeEach(() => {
  singleton('config', () => ({ ...readConfig({}), dataDir }));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it('a store that could not be opened is opened once it can be, without a restart', async () => {
  // A link that leads to itself.
  symlinkSync('runs', join(dataDir, 'runs'));
  const asked = [getDiskStore(), getDiskStore()];
  for (const { status } of await Promise.allSettled(asked)) expect(status).toBe('rejected');
  expect((await handleReady()).status).toBe(503);
  rmSync(join(dataDir, 'runs'));
  mkdirSync(join(dataDir, 'runs'));
  expect((await handleReady()).status).toBe(200);
  expect(await getDiskStore()).toBe(await getDiskStore());
});

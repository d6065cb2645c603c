import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFromContext, copyPackages } from '../image';

/**
 * Builds the same code once more, so that all scripts have other names, as those of another version have. This takes
 * as long as a build.
 */
export function buildOther(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'playground-other-'));
  copyFromContext(['.', './'], folder);
  copyPackages(folder);
  const config = join(folder, 'next.config.js');
  const text = readFileSync(config, 'utf8');
  // Names come from what is in a script.
  const changed = text.replace(
    'reactStrictMode',
    'experimental: { turbopackMinify: false },\n  reactStrictMode',
  );
  if (changed === text) throw new Error('next.config.js has another form.');
  writeFileSync(config, changed);
  const next = join(folder, 'node_modules/next/dist/bin/next');
  const { status } = spawnSync(process.execPath, [next, 'build'], {
    cwd: folder,
    env: { ...process.env, SKIP_TYPE_CHECK: '1', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('The other build failed.');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

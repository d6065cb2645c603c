// Builds, then serves in this very process, so that a process manager that runs this file can tell
// the server itself to stop.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const next = require.resolve('next/dist/bin/next');
const parent = process.ppid;
const { status } = spawnSync(process.execPath, [next, 'build'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// The shell in which npm runs this ends by a SIGTERM and passes none on: its end is the signal.
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 1000).unref();

process.argv.splice(1, 1, next, 'start');
require(next);

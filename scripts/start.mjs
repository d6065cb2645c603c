// Builds, then serves in this very process: a signal that npm or a process manager sends here has to
// reach the server, and a shell between two commands passes none on.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const next = require.resolve('next/dist/bin/next');
const { status } = spawnSync(process.execPath, [next, 'build'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
process.argv.splice(1, 1, next, 'start');
require(next);

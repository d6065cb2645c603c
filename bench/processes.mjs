import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const started = [];
const tickMs = 10;
const isAlive = ({ exitCode, signalCode }) => exitCode === null && signalCode === null;

/**
 * Starts a Node process and waits until `ready` holds; it is ended by `stopAll`.
 * @throws if something else answers in its place, such as the same bench: it would be measured instead
 */
export async function start(args, env, ready) {
  const isTaken = await ready().catch(() => false);
  if (isTaken) throw new Error(`Something else answers already where ${args.join(' ')} would.`);
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  started.push(child);
  const deadline = Date.now() + 30_000;
  while (!(await ready().catch(() => false))) {
    if (Date.now() > deadline || child.exitCode !== null)
      throw new Error(`${args[0]} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return child.pid;
}

/** Ends one of these processes, and waits for it. */
export async function end(pid) {
  const child = started.find((one) => one.pid === pid);
  child.kill('SIGTERM');
  if (isAlive(child)) await once(child, 'exit');
}

/** Ends every process that was started here, by its id. */
export function stopAll() {
  for (const child of started) child.kill('SIGTERM');
}

/** Does some work, and ends the processes that it has started: the next one uses their ports and the machine. */
export async function endedAfter(work) {
  const before = started.length;
  try {
    return await work();
  } finally {
    for (const { pid } of started.slice(before)) await end(pid);
  }
}

/** Samples a process's resident memory (Linux) while `work` runs; the peak in MB. */
export async function peakMemory(pid, work) {
  let peak = 0;
  const sample = () => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    peak = Math.max(peak, Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0));
  };
  sample();
  const timer = setInterval(sample, 20);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.round(peak / 1024);
}

/** Processor time of a process so far, in user and system mode, in ms (Linux). */
export function cpuMs(pid) {
  const { ownMs } = readStat(pid);
  return ownMs;
}

function readStat(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  const [own, system, ended, endedSystem] = fields.slice(11, 15).map(Number);
  return {
    parent: Number(fields[1]),
    ownMs: (own + system) * tickMs,
    endedMs: (ended + endedSystem) * tickMs,
  };
}

/** Processor time of this process and of all that descend from it, also of those that have ended. */
function familyMs() {
  const stats = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      stats.set(Number(pid), readStat(pid));
    } catch {
      // It has just ended.
    }
  }
  const isFamily = (pid) => pid === process.pid || (pid > 1 && isFamily(stats.get(pid)?.parent));
  const family = [...stats.keys()].filter(isFamily).map((pid) => stats.get(pid));
  return family.reduce((sum, { ownMs, endedMs }) => sum + ownMs + endedMs, 0);
}

/** Begins to watch the machine. @returns what share of it other processes have taken since (Linux) */
export function othersShare() {
  const others = () => busyMs() - familyMs();
  const [before, begun] = [others(), performance.now()];
  return () => {
    const capacity = (performance.now() - begun) * cpus().length;
    return Math.max(0, (others() - before) / capacity);
  };
}

/** What all processors together have worked so far, and what a hypervisor kept of them. */
function busyMs() {
  const [, user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]
    .split(/ +/)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * tickMs;
}

/** Whether something answers at an address. */
export const answers = (url) => async () => (await fetch(url)).status > 0;

/** The middle of a list of numbers. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A number that so large a share of a list is not above. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

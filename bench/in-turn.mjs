import { cpuMs, median, othersShare, peakMemory } from './processes.mjs';

const rounds = 5;
// So many rounds are repeated because something else ran meanwhile.
const mostRepeated = 5;
const mostOthers = 0.25;

/**
 * Does several works in turn, five rounds of all. A round in which other processes took more than a
 * quarter of the machine is said and repeated, five times at most.
 * @param works by name: `work`, the `pid` of the server that carries it, and `tidyUp`, which gets the
 * result of each work and is not timed
 * @param onWarm called once all works have been done for the first time, which is not measured
 * @returns `of(name)`: median time and processor time in ms, peak memory in MB; `said`: what is to be
 * known of the rounds
 */
export async function inTurn(works, onWarm = () => {}) {
  const entries = Object.entries(works);
  const round = async () => {
    const others = othersShare();
    const measured = {};
    for (const [name, one] of entries) measured[name] = await measure(one);
    return { measured, others: others() };
  };
  await round();
  await onWarm();
  let all = [];
  const calm = () => all.filter(({ others }) => others <= mostOthers);
  while (calm().length < rounds && all.length < rounds + mostRepeated) {
    all.push(await round());
    const { others } = all.at(-1);
    if (others > mostOthers) console.error(`Others took ${percent(others)}: a round is repeated.`);
  }
  const repeated = all.length - rounds;
  all = all.toSorted((one, other) => one.others - other.others).slice(0, rounds);
  const shares = all.map(({ others }) => others);
  const loud = rounds - calm().length;
  return {
    of(name) {
      const values = (kind) => all.map(({ measured }) => measured[name][kind]);
      return {
        ms: median(values('ms')),
        cpuMs: median(values('cpuMs')),
        memory: Math.max(...values('memory')),
      };
    },
    said:
      `median of ${rounds}, others took ${percent(shares[0])} to ${percent(shares.at(-1))}` +
      (repeated > 0 ? `, ${repeated} repeated` : '') +
      (loud > 0 ? `; in ${loud} of them more than a quarter` : ''),
  };
}

async function measure({ pid, work, tidyUp = () => {} }) {
  const before = cpuMs(pid);
  const started = performance.now();
  let result;
  const memory = await peakMemory(pid, async () => {
    result = await work();
  });
  const measured = { ms: performance.now() - started, cpuMs: cpuMs(pid) - before, memory };
  await tidyUp(result);
  return measured;
}

const percent = (share) => `${Math.round(100 * share)} %`;

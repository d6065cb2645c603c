import { median, peakMemory } from './processes.mjs';

const rounds = 5;

/** One work through the app and through the bare pipe, turn by turn: ratio of times, peak memory. */
export async function compare(name, { pid, throughPipe, throughApp, aims }) {
  await throughPipe();
  await throughApp();
  const times = { pipe: [], app: [] };
  const peaks = [];
  for (let round = 0; round < rounds; round++) {
    times.pipe.push(await timed(throughPipe));
    peaks.push(
      await peakMemory(pid, async () => {
        times.app.push(await timed(throughApp));
      }),
    );
  }
  const [app, pipe] = [median(times.app), median(times.pipe)];
  return [
    {
      figure: `${name}: app ÷ pipe`,
      value: (app / pipe).toFixed(2),
      aim: `≤ ${aims.ratio}`,
      detail: `${app.toFixed(0)} ms ÷ ${pipe.toFixed(0)} ms, median of ${rounds}`,
    },
    {
      figure: `${name}: server memory at its peak`,
      value: `${Math.max(...peaks)} MB`,
      aim: `≤ ${aims.memory} MB`,
      detail: `highest of ${rounds} rounds`,
    },
  ];
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

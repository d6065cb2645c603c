import { median, peakMemory } from './processes.mjs';

const rounds = 5;

/**
 * One work through the app and through the bare pipe, turn by turn: ratio of times, peak memory.
 * `tidyUp` comes after each work through the app, with its result, and is not timed.
 */
export async function compare(name, { pid, throughPipe, throughApp, tidyUp = () => {}, aims }) {
  await throughPipe();
  await tidyUp(await throughApp());
  const times = { pipe: [], app: [] };
  const peaks = [];
  for (let round = 0; round < rounds; round++) {
    times.pipe.push((await timed(throughPipe)).ms);
    let result;
    peaks.push(
      await peakMemory(pid, async () => {
        const timing = await timed(throughApp);
        times.app.push(timing.ms);
        result = timing.result;
      }),
    );
    await tidyUp(result);
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
  const result = await work();
  return { result, ms: performance.now() - started };
}

import { inTurn } from './in-turn.mjs';

/**
 * One work through the app and through its floor, in turn: ratio of times, processor time, peak memory.
 * @param floor a work of `inTurn`, as `app` is
 * @param megabytes what passes in one work
 */
export async function compare(name, { floor, app, megabytes, aims }) {
  const { of, said } = await inTurn({ floor, app });
  const [ours, least] = [of('app'), of('floor')];
  const perMegabyte = ({ cpuMs }) => `${(cpuMs / megabytes).toFixed(1)} ms`;
  return [
    {
      figure: `${name}: app ÷ ${floor.name}`,
      value: (ours.ms / least.ms).toFixed(2),
      aim: `≤ ${aims.ratio}`,
      detail: `${ours.ms.toFixed(0)} ms ÷ ${least.ms.toFixed(0)} ms, ${said}`,
    },
    {
      figure: `${name}: processor time per MB`,
      value: perMegabyte(ours),
      aim: '–',
      detail: `${floor.name} ${perMegabyte(least)}`,
    },
    {
      figure: `${name}: server memory at its peak`,
      value: `${ours.memory} MB`,
      aim: `≤ ${aims.memory} MB`,
      detail: 'highest of all rounds',
    },
  ];
}

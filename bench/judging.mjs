import { loadModule, timed } from './node-work.mjs';

const judgements = 2000;
const [values, blocks] = [8, 40];
const rounds = 20;

/** The fit of 2,000 judgements with its intervals and verdicts, beside what only counts their outcomes. */
export async function benchJudging() {
  const { fitJudgements } = await loadModule('lib/core/experiments/judging/judged-fit.ts');
  const { verdictsOf } = await loadModule('lib/core/experiments/judging/verdicts.ts');
  const judged = Array.from({ length: judgements }, (_, index) => makeJudgement(index));
  const fit = timed(rounds, () => fitJudgements(judged));
  const verdicts = timed(rounds, () => verdictsOf(judged));
  const floor = timed(rounds, () => countOutcomes(judged));
  const detail =
    `${values} values in ${blocks} blocks; median of ${rounds} in Node, the first ${fit.first}; ` +
    `only to count the outcomes takes ${floor.median}`;
  return [
    { figure: 'fit of 2,000 judgements', value: fit.median, aim: '≤ 50 ms', detail },
    {
      figure: 'verdicts of 2,000 judgements',
      value: verdicts.median,
      detail: `a fit and ${(values * (values - 1)) / 2} pairs; the first ${verdicts.first}`,
    },
  ];
}

/** The pairs in turn, in all blocks; the answers by chance. */
function makeJudgement(index) {
  const left = index % values;
  const right = (left + 1 + (Math.floor(index / values) % (values - 1))) % values;
  const answer = ['left', 'right', 'tie', 'bad'][Math.floor(Math.random() * 4)];
  const block = String(Math.floor(index / 7) % blocks);
  return { block, left: { value: `${left}` }, right: { value: `${right}` }, answer };
}

function countOutcomes(judged) {
  const counts = new Map();
  for (const { left, right, answer } of judged) {
    const key = `${left.value} ${right.value} ${answer}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

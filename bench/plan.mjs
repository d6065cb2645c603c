import { loadModule, timed } from './node-work.mjs';

const rounds = 15;
const shapes = ['1:1', '5:4'].map((ratio) => ({ kind: 'shape', ratio, level: '1K' }));

/** The plan of 10,000 cells, beside writing their requests as JSON in the same run. */
export async function benchPlan() {
  const { planExperiment } = await loadModule('lib/core/experiments/plan.ts');
  const { catalogue } = await loadModule('lib/core/models/catalogue.ts');
  const models = catalogue
    .slice(0, 4)
    .map(({ id }) => ({ id, model: id, options: {}, size: null }));
  const definition = {
    template: `A tea tin label, ${choice(25, 'palette')}, paper collage, ${choice(50, 'style')}, studio light`,
    ...{ isText: false, table: [], links: [], models, shapes, repeats: 1, edit: null },
    ...{ leavesMaskOut: false, sample: null, leftOut: [] },
  };
  const plan = timed(rounds, () => planExperiment(definition, catalogue));
  const { cells, requests } = planExperiment(definition, catalogue);
  const json = timed(rounds, () => requests.map(writeBody).join().length);
  return [
    {
      figure: 'plan of 10,000 cells',
      value: plan.median,
      aim: `≤ ${(3 * json.ms).toFixed(0)} ms`,
      detail: `${cells.length} cells; median of ${rounds} in Node, the first ${plan.first}; their JSON takes ${json.median}`,
    },
  ];
}

function choice(count, name) {
  const values = Array.from({ length: count }, (_, index) => `${name} number ${index} of its kind`);
  return `{${values.join('|')}}`;
}

function writeBody({ sends: { request, turn } }) {
  const messages = [{ role: 'user', content: request.prompt }];
  return JSON.stringify(turn ? { ...turn, messages } : request);
}

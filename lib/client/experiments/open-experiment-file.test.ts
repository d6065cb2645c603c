import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { createExperiment, emptyDefinition } from '../../core/experiments/experiment';
import { writeJudgementsFile } from '../../core/experiments/files/judgements-file';
import type { Judgement } from '../../core/experiments/judging/judgement';
import { judgement } from '../../core/experiments/judging/judgements.setup';

const saved: Blob[] = [];
vi.mock('../pictures/downloads', () => ({ saveBlob: (blob: Blob) => saved.push(blob) }));

const definition = { ...emptyDefinition, template: 'a {red|blue} tin' };
const header = { format: 'png', width: 8, height: 4, hasAlpha: false, orientation: 1 } as const;
const edit = {
  references: [{ hash: 'gone', name: 'a.png', byteLength: 9, header }],
  mask: null,
  parent: null,
};

/** Another browser: what is stored in it, and the code that reads that. */
async function openBrowser() {
  globalThis.indexedDB = new IDBFactory();
  vi.resetModules();
  const { openExperimentFile } = await import('./open-experiment-file');
  const { saveJson } = await import('./take-away');
  const experiments = await import('./experiments-store');
  const { judgementHistory } = await import('../storage/judgements');
  const store = await import('./judgements-store');
  // From now on its database is its own.
  await experiments.loadExperiments();
  const find = (id: string) => {
    const found = experiments.findExperiment(id);
    if (!found) throw new Error('There is no such experiment.');
    return found;
  };
  return {
    ...experiments,
    kept: async (id: string) => (await judgementHistory.judgementsOf(id)).map((one) => one.id),
    /** Its JSON. */
    async takeAway(id: string): Promise<Blob> {
      await saveJson({ experiment: find(id), records: [] });
      return saved.at(-1) as Blob;
    },
    /** @returns the id of what was opened */
    async open(file: Blob): Promise<string> {
      await openExperimentFile(file);
      return experiments.experimentsStore.getState().openId ?? '';
    },
    /** @returns the file of what was judged */
    async judge(id: string, judgements: readonly Judgement[]): Promise<Blob> {
      await store.loadJudgements(id);
      await store.addJudgements(judgements.map((one) => ({ ...one, experiment: id })));
      const all = store.judgementsStore.getState().judgements;
      return new Blob([writeJudgementsFile(experiments.idInFiles(id), all, true)]);
    },
    async add(id: string, file: Blob) {
      await store.loadJudgements(id);
      return store.importJudgements(id, file);
    },
  };
}

type Browser = Awaited<ReturnType<typeof openBrowser>>;

async function openAnns(more: object = {}): Promise<Browser> {
  const ann = await openBrowser();
  await ann.addExperiment(createExperiment('tins', 1, { definition: { ...definition, ...more } }));
  return ann;
}

const [hers, his] = [judgement('a b', 'left'), judgement('a b', 'tie')];
const refused = { kind: 'refused', reason: 'other_experiment' };

it('two browsers that judge the same experiment take each other’s judgements, each once', async () => {
  const ann = await openAnns();
  const file = await ann.takeAway('tins');
  const bo = await openBrowser();
  const id = await bo.open(file);
  expect(id).not.toBe('tins');
  const fromBo = await bo.judge(id, [his]);
  expect(await ann.add('tins', fromBo)).toMatchObject({ added: 1, unreadable: 0 });
  const fromAnn = await ann.judge('tins', [hers]);
  expect(await ann.kept('tins')).toEqual([hers.id, his.id]);
  expect(await bo.add(id, fromAnn)).toMatchObject({ added: 1, known: 1, unreadable: 0 });
  expect(await bo.kept(id)).toEqual([hers.id, his.id]);

  // A third browser may have it from the second.
  const fromBoAgain = await bo.takeAway(id);
  const cy = await openBrowser();
  expect(await cy.add(await cy.open(fromBoAgain), fromAnn)).toMatchObject({ added: 2 });
});

it('an experiment that was removed and opened anew takes judgements of before', async () => {
  const ann = await openAnns();
  const [file, judged] = [await ann.takeAway('tins'), await ann.judge('tins', [hers])];
  await ann.forgetExperiment('tins');
  const id = await ann.open(file);
  expect(await ann.add(id, judged)).toMatchObject({ kind: 'added', added: 1 });
  expect(await ann.kept(id)).toEqual([hers.id]);
});

it('an experiment that is opened while it is there has judgements of its own', async () => {
  const ann = await openAnns();
  const [file, judged] = [await ann.takeAway('tins'), await ann.judge('tins', [hers])];
  expect(await ann.add(await ann.open(file), judged)).toEqual(refused);
  expect(await ann.kept('tins')).toEqual([hers.id]);
});

it('an experiment that is opened without its pictures sends something else, so that its judgements are others', async () => {
  const ann = await openAnns({ edit });
  const [file, judged] = [await ann.takeAway('tins'), await ann.judge('tins', [hers])];
  const bo = await openBrowser();
  expect(await bo.add(await bo.open(file), judged)).toEqual(refused);
});

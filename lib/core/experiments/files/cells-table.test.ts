import { describe, expect, it } from 'vitest';
import { readTable } from '../../csv';
import { catalogue } from '../../models/catalogue';
import type { Slot } from '../../runs/run-entry';
import { failureOfNetwork } from '../../runs/run-failure';
import { createCell } from '../cell';
import { seenCell } from '../cell-state';
import { emptyDefinition } from '../experiment';
import { judgement } from '../judging/judgements.setup';
import { planExperiment } from '../plan';
import { cellRecords, cellsAsCsv, judgementsAsCsv } from './cells-table';

const model = catalogue[0]?.id ?? '';
const plan = planExperiment(
  {
    ...emptyDefinition,
    template: '{style: flat|=bold} {red|blue}',
    models: [{ id: 'row', model, options: { quality: 'low' }, size: null }],
  },
  catalogue,
);
const header = { format: 'png', width: 30, height: 20, orientation: 6, hasAlpha: false } as const;
const slots: Slot[] = [{ kind: 'picture', hash: 'abc', byteLength: 7, header }];
const links: Slot[] = [{ kind: 'link', url: 'https://p.test/a' }];
const runOf = (index: number) => {
  const sends = plan.cells[index]?.requests[0]?.sends;
  if (!sends) throw new Error('The plan sends nothing.');
  return createCell({ id: 'id', cell: { experiment: 'e', key: 'k', attempt: 1 }, sends, now: 0 });
};
const seen = plan.cells.map((cell, index) => {
  const run = runOf(index);
  if (index === 0) return seenCell(cell, [{ ...run, state: 'done', slots, durationMs: 5 }], false);
  const trouble = failureOfNetwork('gone');
  if (index === 1) return seenCell(cell, [{ ...run, state: 'failed', slots: [], trouble }], false);
  if (index === 3) return seenCell(cell, [{ ...run, state: 'done', slots: links }], false);
  return seenCell(cell, [undefined], false);
});
const records = cellRecords(plan, seen);

describe('the table of an experiment', () => {
  it('has a line for each picture, and one for what has none, with what made it', () => {
    expect(records).toHaveLength(plan.cells.length);
    expect(records[0]).toMatchObject({
      values: { style: 'flat', 'choice 1': 'red' },
      prompt: 'flat red',
      model,
      shape: 'auto',
      options: { quality: 'low' },
      picture: 1,
      state: 'pictures',
      width: 20,
      height: 30,
      sha256: 'abc',
      durationMs: 5,
    });
    expect(records[0]?.file).toMatch(/-flat-red-.*\.png$/);
    expect(records[1]).toMatchObject({ picture: null, state: 'failed', why: 'network: gone' });
    expect(records[2]).toMatchObject({ state: 'planned', why: null, file: null });
    expect(records[3]).toMatchObject({ state: 'links', why: 'link: https://p.test/a' });
  });

  it('is CSV with a column for each variable, and no formula', () => {
    const [heads = [], ...lines] = readTable(cellsAsCsv(records));
    expect(heads.slice(0, 4)).toEqual(['{style}', '{choice 1}', 'prompt', 'model']);
    expect(lines[0]?.slice(0, 3)).toEqual(['flat', 'red', 'flat red']);
    expect(lines[2]?.slice(0, 3)).toEqual(["'=bold", 'red', "'=bold red"]);
  });
});

it('judgements are CSV too', () => {
  const [heads = [], first = []] = readTable(judgementsAsCsv([judgement('a b', 'left')]));
  const line = Object.fromEntries(heads.map((head, index) => [head, first[index]]));
  expect(line).toMatchObject({ left: 'a', right: 'b', answer: 'left', isRepeat: 'false' });
});

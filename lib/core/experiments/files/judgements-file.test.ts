import { describe, expect, it } from 'vitest';
import { judgement } from '../judging/judgements.setup';
import { readJudgementsFile, writeJudgementsFile } from './judgements-file';

const judgements = [judgement('a b', 'left'), judgement('b a', 'bad', { repeatOf: '1' })];

describe('a file of judgements', () => {
  it('is read as it was written', () => {
    const text = writeJudgementsFile('tea', judgements, true);
    expect(readJudgementsFile(text, 'tea')).toEqual({ judgements, unreadable: 0 });
  });

  it('has no names where they are left out', () => {
    const text = writeJudgementsFile('tea', judgements, false);
    expect(text).not.toContain('Ada');
    const read = readJudgementsFile(text, 'tea');
    expect(read).toMatchObject({ judgements: [{ judge: { id: 'browser', name: '' } }, {}] });
  });

  it('tells how many of its entries are none', () => {
    const other = { ...judgements[0], experiment: 'coffee' };
    const file = JSON.parse(writeJudgementsFile('tea', judgements, true));
    const text = JSON.stringify({ ...file, judgements: [null, other, ...file.judgements] });
    expect(readJudgementsFile(text, 'tea')).toEqual({ judgements, unreadable: 2 });
  });

  it.each([
    ['', 'no_judgements'],
    ['null', 'no_judgements'],
    ['[]', 'no_judgements'],
    ['{"judgements":[]}', 'no_judgements'],
    ['{"format":"turing-playground/judgements","judgements":{}}', 'no_judgements'],
    [writeJudgementsFile('coffee', [], true), 'other_experiment'],
    [writeJudgementsFile('tea', [], true).replace('1', '2'), 'newer_version'],
  ])('%j is refused: %s', (text, refusal) => {
    expect(readJudgementsFile(text, 'tea')).toBe(refusal);
  });
});

import { describe, expect, it } from 'vitest';
import { type Judgement, mergeJudgements, readJudgement } from './judgement';

const judgement: Judgement = {
  id: 'one',
  experiment: 'tea',
  axis: 'model',
  block: '[["repeat","1"]]',
  left: { value: 'a', cell: 'ca', picture: 'pa' },
  right: { value: 'b', cell: 'cb', picture: 'pb' },
  answer: 'bad',
  judge: { id: 'browser', name: '李' },
  at: 1_800_000_000_000,
  seenResults: false,
};

describe('a judgement that was kept', () => {
  it.each([judgement, { ...judgement, repeatOf: 'zero', seenResults: true }])('is read', (kept) => {
    expect(readJudgement(JSON.parse(JSON.stringify({ ...kept, more: 1 })))).toEqual(kept);
  });

  it.each([
    [null],
    ['one'],
    [[]],
    [{ ...judgement, id: 1 }],
    [{ ...judgement, answer: 'up' }],
    [{ ...judgement, at: 'now' }],
    [{ ...judgement, at: Number.NaN }],
    [{ ...judgement, left: judgement.right }],
    [{ ...judgement, left: null }],
    [{ ...judgement, right: { value: 'b' } }],
    [{ ...judgement, judge: '李' }],
    [{ ...judgement, block: undefined }],
  ])('is none: %j', (kept) => {
    expect(readJudgement(kept)).toBeUndefined();
  });
});

it('files of several judges merge: each judgement once, in the order of their times', () => {
  const later = { ...judgement, id: 'two', at: judgement.at + 1 };
  const atOnce = { ...judgement, id: 'zero' };
  const merged = mergeJudgements([later, judgement], [judgement, atOnce]);
  expect(merged.map(({ id }) => id)).toEqual(['one', 'zero', 'two']);
  expect(mergeJudgements([judgement, atOnce], [later])).toEqual(merged);
});

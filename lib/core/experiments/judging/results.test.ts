import { describe, expect, it } from 'vitest';
import { judgement } from './judgements.setup';
import { resultsOf } from './results';

const blocks = ['1', '2', '3', '4'];

describe('results', () => {
  const judged = [
    ...blocks.flatMap((block) => [
      judgement('a b', 'left', { block }),
      judgement('b a', 'right', { block }),
      judgement('b c', block === '1' ? 'tie' : 'left', { block }),
      judgement('c a', block === '2' ? 'bad' : 'right', { block }),
    ]),
    judgement('b a', 'left', { repeatOf: '1' }),
  ];
  const results = resultsOf(judged);

  it('list the values, the most preferred first, with what happened to each', () => {
    expect(results?.values).toMatchObject([
      { value: 'a', wins: 11, losses: 0, ties: 0, bad: 1, pictures: 4 },
      { value: 'b', wins: 3, losses: 8, ties: 1, bad: 0, pictures: 4 },
      { value: 'c', wins: 0, losses: 6, ties: 1, bad: 1, pictures: 4 },
    ]);
  });

  it('say how often each is preferred to an average one, and between what bounds', () => {
    for (const { share, interval } of results?.values ?? []) {
      expect(share).toBeGreaterThan(interval?.[0] as number);
      expect(share).toBeLessThan(interval?.[1] as number);
    }
    expect(results?.values[0]?.share).toBeGreaterThan(0.8);
    expect(results?.values[2]?.share).toBeLessThan(0.3);
  });

  it('list the pairs that met, repeats not counted', () => {
    expect(results?.pairs).toEqual([
      { first: 'a', second: 'b', wins: 8, losses: 0, ties: 0, bad: 0 },
      { first: 'a', second: 'c', wins: 3, losses: 0, ties: 0, bad: 1 },
      { first: 'b', second: 'c', wins: 3, losses: 0, ties: 1, bad: 0 },
    ]);
    expect(results).toMatchObject({ judgements: 16, blocks: 4, isSplit: false });
  });
});

it('below three blocks there are no intervals', () => {
  const judged = ['1', '2', '1', '2'].map((block) => judgement('a b', 'left', { block }));
  const results = resultsOf(judged);
  expect(results?.values[0]?.share).toBeGreaterThan(0.5);
  expect(results?.values[0]).not.toHaveProperty('interval');
  expect(results?.left).toMatchObject({ isShown: false });
});

it('there are none before the first judgement', () => {
  expect(resultsOf([])).toBeUndefined();
});

describe('standing on the left', () => {
  const judgeAll = (answer: (index: number) => 'left' | 'right') =>
    [...blocks, '5', '6', '7', '8'].flatMap((block, at) =>
      Array.from({ length: 12 }, (_, index) =>
        judgement(index % 2 ? 'a b' : 'b a', answer(index + at), { block }),
      ),
    );

  it('is told where it decides', () => {
    const left = resultsOf(judgeAll((index) => (index % 6 === 0 ? 'right' : 'left')))?.left;
    expect(left?.isShown).toBe(true);
    expect(left?.share).toBeGreaterThan(0.6);
  });

  it('is not told where it does not', () => {
    expect(resultsOf(judgeAll((index) => (index % 4 < 2 ? 'right' : 'left')))?.left.isShown).toBe(
      false,
    );
  });
});

it('values that never met are compared with those only which they met', () => {
  const judged = blocks.flatMap((block) => [
    judgement('a b', 'left', { block }),
    judgement('a b', block === '1' ? 'right' : 'left', { block }),
    judgement('c d', 'left', { block }),
    judgement('c d', block === '2' ? 'right' : 'left', { block }),
  ]);
  const results = resultsOf(judged);
  expect(results?.isSplit).toBe(true);
  const share = (name: string) =>
    results?.values.find(({ value }) => value === name)?.share as number;
  expect(share('a') + share('b')).toBeCloseTo(1, 9);
  expect(share('a')).toBeCloseTo(share('c'), 9);
});

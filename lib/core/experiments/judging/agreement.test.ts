import { describe, expect, it } from 'vitest';
import { agreementOf, wilsonInterval } from './agreement';
import { judgement } from './judgements.setup';

describe('a judge who sees a pair again with the sides swapped', () => {
  it.each([
    ['left', 'right', 1],
    ['right', 'left', 1],
    ['left', 'left', 0],
    ['tie', 'tie', 1],
    ['bad', 'tie', 1],
    ['tie', 'right', 0],
  ] as const)('and says %s, then %s: %i of 1 alike', (first, second, alike) => {
    const earlier = judgement('a b', first);
    const repeat = judgement('b a', second, { repeatOf: earlier.id });
    const [found] = agreementOf([earlier, repeat]);
    expect(found?.withSelf).toMatchObject({ alike, pairs: 1 });
    expect(found?.judgements).toBe(1);
    expect(found?.withOthers).toEqual({ alike: 0, pairs: 0 });
  });
});

it('judges are compared with others in the pairs that both saw, on whatever side', () => {
  const bo = { judge: { id: 'another', name: 'Ada' } };
  const found = agreementOf([
    judgement('a b', 'left'),
    judgement('b a', 'right', bo),
    judgement('a b', 'left', { block: '2' }),
    judgement('a b', 'bad', { ...bo, block: '2' }),
    judgement('a c', 'left'),
    judgement('a b', 'left', { ...bo, block: '3' }),
    // Only what each judge said first counts.
    judgement('a b', 'right', bo),
  ]);
  expect(found.map(({ judge }) => judge.id)).toEqual(['browser', 'another']);
  for (const { withOthers } of found) expect(withOthers).toMatchObject({ alike: 1, pairs: 2 });
});

// Newcombe 1998, Statist. Med. 17, 857–872, table I, method 3.
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('Wilson’s interval of %i of %i', (successes, trials, low, high) => {
  const [from, to] = wilsonInterval(successes, trials);
  expect(from).toBeCloseTo(low, 4);
  expect(to).toBeCloseTo(high, 4);
});

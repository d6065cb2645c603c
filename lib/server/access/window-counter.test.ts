import { expect, it } from 'vitest';
import { createWindowCounter } from './window-counter';

function start() {
  const clock = { now: 0 };
  return { clock, counter: createWindowCounter({ windowMs: 60, most: 3, now: () => clock.now }) };
}

it('a count is forgotten a window after its first', () => {
  const { clock, counter } = start();
  counter.add('a');
  clock.now = 59;
  counter.add('a');
  expect([counter.of('a'), counter.msLeft('a')]).toEqual([2, 1]);
  clock.now = 60;
  expect([counter.of('a'), counter.msLeft('a')]).toEqual([0, 0]);
  counter.add('a');
  expect([counter.of('a'), counter.msLeft('a')]).toEqual([1, 60]);
});

it('of too many keys the oldest goes', () => {
  const { clock, counter } = start();
  for (const key of ['a', 'b', 'c', 'd']) {
    clock.now++;
    counter.add(key);
  }
  expect(['a', 'b', 'c', 'd'].map(counter.of)).toEqual([0, 1, 1, 1]);
});

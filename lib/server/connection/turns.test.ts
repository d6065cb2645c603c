import { expect, it, vi } from 'vitest';
import { createTurns } from './turns';

/** Turns of an event loop that goes on when it is told to. */
function loop(maxBusy = 1) {
  let next: (() => void)[] = [];
  const turns = createTurns(maxBusy, (callback) => next.push(callback));
  const turn = () => {
    const now = next;
    next = [];
    for (const callback of now) callback();
  };
  return { turns, turn, isIdle: () => next.length === 0 };
}

it('what comes alone begins at once, and a crowd one in a turn, in order', () => {
  const { turns, turn, isIdle } = loop();
  const begun: number[] = [];
  for (const each of [1, 2, 3]) turns.begin(() => begun.push(each));
  expect(begun).toEqual([1]);
  turn();
  expect(begun).toEqual([1, 2]);
  turns.begin(() => begun.push(4));
  turn();
  expect(begun).toEqual([1, 2, 3]);
  turn();
  expect(begun).toEqual([1, 2, 3, 4]);
  turn();
  expect(isIdle()).toBe(true);
  turns.begin(() => begun.push(5));
  expect(begun.at(-1)).toBe(5);
});

it('what has come whole begins before what is still coming', () => {
  const { turns, turn } = loop();
  const begun: string[] = [];
  let isWhole = false;
  turns.begin(() => begun.push('first'));
  turns.begin(
    () => begun.push('half'),
    () => false,
  );
  turns.begin(
    () => begun.push('later whole'),
    () => isWhole,
  );
  turns.begin(
    () => begun.push('whole'),
    () => true,
  );
  turn();
  isWhole = true;
  turn();
  turn();
  expect(begun).toEqual(['first', 'whole', 'later whole', 'half']);
});

it('while connections are opened little begins, but not nothing', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const { turns, turn } = loop();
    const begun: number[] = [];
    for (const each of [1, 2, 3]) turns.begin(() => begun.push(each));
    for (let opened = 0; opened < 10; opened++) {
      turns.opened();
      turn();
    }
    expect(begun).toEqual([1]);
    vi.advanceTimersByTime(60);
    turns.opened();
    turn();
    expect(begun).toEqual([1, 2]);
    turn();
    expect(begun).toEqual([1, 2, 3]);
  } finally {
    vi.useRealTimers();
  }
});

it('what is busy has its number, however often it says that it is done', () => {
  const { turns, turn } = loop(2);
  const done: (() => void)[] = [];
  for (let each = 0; each < 5; each++) turns.beginBusy((end) => done.push(end));
  for (let each = 0; each < 9; each++) turn();
  expect(done).toHaveLength(2);
  done[0]?.();
  done[0]?.();
  for (let each = 0; each < 9; each++) turn();
  expect(done).toHaveLength(3);
  let other = 0;
  turns.begin(() => other++);
  expect(other).toBe(1);
});

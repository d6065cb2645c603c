import { describe, expect, it } from 'vitest';
import { pathOf, pathTo, stepsOf, withChosen } from './message-tree';

const message = (id: string, parent: string | null, createdAt: number) => ({
  id,
  parent,
  createdAt,
});
// u1 → a1 → u2 → a2, a1 asked for again (b1 → u3), u2 said otherwise (v2).
const messages = [
  message('u1', null, 1),
  message('a1', 'u1', 2),
  message('u2', 'a1', 3),
  message('a2', 'u2', 4),
  message('b1', 'u1', 5),
  message('u3', 'b1', 6),
  message('v2', 'a1', 7),
];
const ids = (path: { id: string }[]) => path.map(({ id }) => id).join(' ');

describe('the way that is shown', () => {
  it('takes the newest where nothing was chosen', () => {
    expect(ids(pathOf(messages, {}))).toBe('u1 b1 u3');
    expect(ids(pathOf([], {}))).toBe('');
  });

  it('takes what was chosen, and comes back to where it was', () => {
    const toFirst = withChosen({}, { id: 'a1', parent: 'u1' });
    expect(ids(pathOf(messages, toFirst))).toBe('u1 a1 v2');
    const toOld = withChosen(toFirst, { id: 'u2', parent: 'a1' });
    expect(ids(pathOf(messages, toOld))).toBe('u1 a1 u2 a2');
    const away = withChosen(toOld, { id: 'b1', parent: 'u1' });
    expect(ids(pathOf(messages, away))).toBe('u1 b1 u3');
    expect(ids(pathOf(messages, withChosen(away, { id: 'a1', parent: 'u1' })))).toBe('u1 a1 u2 a2');
  });

  it('may begin in several ways', () => {
    const more = [...messages, message('w1', null, 9)];
    expect(ids(pathOf(more, {}))).toBe('w1');
    expect(ids(pathOf(more, withChosen({}, { id: 'u1', parent: null })))).toBe('u1 b1 u3');
  });

  it('takes another one where the chosen one is gone', () => {
    expect(ids(pathOf(messages, { u1: 'gone' }))).toBe('u1 b1 u3');
  });

  it('ends, whatever is kept', () => {
    const circle = [message('a', null, 1), message('b', 'a', 2), message('a', 'b', 3)];
    expect(pathOf(circle, {}).length).toBeLessThan(4);
  });

  it('tells what stands beside each message, oldest first', () => {
    expect(stepsOf(messages, { u1: 'a1' })).toEqual([
      { id: 'u1', siblings: ['u1'] },
      { id: 'a1', siblings: ['a1', 'b1'] },
      { id: 'v2', siblings: ['u2', 'v2'] },
    ]);
  });
});

it('the way to a message is the one that it was said on', () => {
  const byId = new Map(messages.map((one) => [one.id, one]));
  expect(ids(pathTo(byId, 'a2'))).toBe('u1 a1 u2 a2');
  expect(pathTo(byId, 'unknown')).toEqual([]);
});

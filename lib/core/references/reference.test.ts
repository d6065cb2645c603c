import { expect, it } from 'vitest';
import { withMoved } from './reference';

const list = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const moved = (id: string, to: number) =>
  withMoved(list, { id, to })
    .map((one) => one.id)
    .join('');

it.each([
  ['a', 0, 'abcd'],
  ['a', 1, 'bacd'],
  ['a', 3, 'bcda'],
  ['c', 0, 'cabd'],
  ['d', 2, 'abdc'],
  ['b', 99, 'acdb'],
  ['b', -99, 'bacd'],
  ['none', 2, 'abcd'],
])('%s goes to place %i', (id, to, order) => expect(moved(id, to)).toBe(order));

it('is the same list if nothing moves', () => {
  expect(withMoved(list, { id: 'd', to: 7 })).toBe(list);
});

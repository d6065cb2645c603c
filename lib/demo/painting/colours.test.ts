import { expect, it } from 'vitest';
import { namedColours } from './colours';

it.each([
  ['a red apple on a white plate', 2],
  ['蓝色背景上的黄色花', 2],
  ['hundreds of greenhouses', 0],
  ['RED', 1],
  ['', 0],
])('finds the colours of "%s"', (text, count) => {
  expect(namedColours(text)).toHaveLength(count);
});

it('keeps the order of the text', () => {
  const [first, second] = namedColours('yellow and blue');
  expect(namedColours('blue and yellow')).toEqual([second, first]);
});

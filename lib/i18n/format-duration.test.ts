import { expect, it } from 'vitest';
import { formatDuration, formatExpected } from './format-duration';

it.each([
  [0, '00:00'],
  [999, '00:00'],
  [28_400, '00:28'],
  [3_727_000, '1:02:07'],
])('shows %i ms that have passed as %s', (milliseconds, shown) => {
  expect(formatDuration(milliseconds)).toBe(shown);
});

it.each([
  [1, '00:01'],
  [1000, '00:01'],
  [28_400, '00:29'],
])('shows %i ms that are expected as %s', (milliseconds, shown) => {
  expect(formatExpected(milliseconds)).toBe(shown);
});

import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatExpected,
  formatLength,
  formatMoment,
  formatSizeForPeople,
  waitUnits,
  wholeUnits,
} from './formats';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [2_400_000, '2.4 MB'],
  [999_600, '1,000 kB'],
  [25_049_000, '25 MB'],
  [3_000_000_000_000, '3,000 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en')).toBe(text);
});

it('writes a size with a sign between its sides', () => {
  expect(formatSizeForPeople('1536x1024')).toBe('1536 × 1024');
  for (const text of ['auto', '1536x', 'x']) expect(formatSizeForPeople(text)).toBe(text);
});

it.each([
  [-5, '00:00'],
  [0, '00:00'],
  [999, '00:00'],
  [28_400, '00:28'],
  [3_599_999, '59:59'],
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

it.each([
  [0, '0.0 s'],
  [1640, '1.6 s'],
  [59_949, '59.9 s'],
  [59_950, '00:59'],
  [127_000, '02:07'],
])('says that something took %i ms as %s', (milliseconds, text) => {
  expect(formatLength(milliseconds)).toBe(text);
});

describe('when something was', () => {
  const at = new Date(2026, 10, 24, 19, 5).getTime();

  it('is a time of day today', () => {
    expect(formatMoment(at, 'zh', at + 1000)).toBe('19:05');
  });

  it.each([
    [0, '12:05 AM'],
    [9, '09:05 AM'],
    [12, '12:05 PM'],
    [23, '11:05 PM'],
  ])('is said in halves of a day in English, at %i', (hour, text) => {
    const then = new Date(2026, 10, 24, hour, 5).getTime();
    expect(formatMoment(then, 'en', then)).toBe(text);
  });

  it('has its date on another day', () => {
    expect(formatMoment(at, 'en', at + 86_400_000)).toMatch(/^Nov 24, 0?7:05/);
  });
});

it.each([
  [7200, '2 hour'],
  [3600, '1 hour'],
  [5400, '90 minute'],
  [60, '1 minute'],
  [61, '61 second'],
  [0, '0 second'],
])('%i seconds are a whole number of a unit: %s', (seconds, words) => {
  const { unit, count } = wholeUnits(seconds);
  expect(`${count} ${unit}`).toBe(words);
});

it.each([
  [7, '7 second'],
  [119, '119 second'],
  [121, '3 minute'],
  [700, '12 minute'],
  [3600, '1 hour'],
  [7199, '2 hour'],
  [7201, '3 hour'],
  [86_400, '24 hour'],
])('who is to wait %i seconds is told a count that people count in: %s', (seconds, words) => {
  const { unit, count } = waitUnits(seconds);
  expect(`${count} ${unit}`).toBe(words);
});

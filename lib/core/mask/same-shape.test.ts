import { describe, expect, it } from 'vitest';
import { parseSize, type Size } from '../sizes/sizes';
import { isSameShape } from './same-shape';

const size = (text: string) => parseSize(text.replace(' × ', 'x')) as Size;

describe('isSameShape', () => {
  it.each([
    ['3840 × 2160', '3840 × 2160'],
    ['3840 × 2160', '1536 × 864'],
    ['1024 × 1024', '4096 × 4096'],
    // Rounded to the nearest multiple of 16, down, and up.
    ['1500 × 1000', '1504 × 1008'],
    ['1500 × 1000', '1488 × 992'],
    ['1503 × 1007', '1488 × 992'],
    ['1920 × 1080', '1920 × 1088'],
    ['4000 × 3000', '1600 × 1200'],
    ['1999 × 667', '3840 × 1280'],
  ])('%s is %s', (one, other) => {
    expect(isSameShape(size(one), size(other))).toBe(true);
    expect(isSameShape(size(other), size(one))).toBe(isSameShape(size(one), size(other)));
  });

  it.each([
    ['1920 × 1080', '1536 × 1024'],
    ['1500 × 1000', '1000 × 1500'],
    ['1600 × 1200', '1024 × 1024'],
    ['3840 × 2160', '3840 × 2208'],
    ['1500 × 1000', '1536 × 992'],
  ])('%s is not %s', (one, other) => {
    expect(isSameShape(size(one), size(other))).toBe(false);
    expect(isSameShape(size(other), size(one))).toBe(false);
  });
});

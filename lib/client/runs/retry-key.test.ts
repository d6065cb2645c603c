import { describe, expect, it } from 'vitest';
import { isUuid } from '../../core/runs/run';
import { keysBefore, retryKey } from './retry-key';

describe('nextKey', () => {
  it.each([
    ['0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab', '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ac'],
    ['0b8f6d0e-4f6e-4bd5-9d3a-00ffffffffff', '0b8f6d0e-4f6e-4bd5-9d3a-010000000000'],
    ['0b8f6d0e-4f6e-4bd5-9d3a-ffffffffffff', '0b8f6d0e-4f6e-4bd5-9d3a-000000000000'],
  ])('after %s is %s, wherever it is worked out', (key, next) => {
    expect(retryKey(key)).toBe(next);
    expect(isUuid(next)).toBe(true);
  });

  it('can be followed back', () => {
    const first = '0b8f6d0e-4f6e-4bd5-9d3a-fffffffffffe';
    const third = retryKey(retryKey(first));
    expect(keysBefore(third, 2)).toEqual([retryKey(first), first]);
  });
});

import { describe, expect, it } from 'vitest';
import { listStep } from './focus';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const step = (key: string, index: number, count = 20) =>
  listStep({ event: { ...plain, key }, index, count, page: 5 });

describe('listStep', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowRight', 3, 4],
    ['ArrowUp', 3, 2],
    ['ArrowLeft', 3, 2],
    ['ArrowUp', 0, 0],
    ['ArrowDown', 19, 19],
    ['PageDown', 3, 8],
    ['PageUp', 3, 0],
    ['Home', 7, 0],
    ['End', 7, 19],
  ])('%s leads from %i to %i', (key, from, to) => expect(step(key, from)).toBe(to));

  it('leaves other keys alone, and those with a modifier', () => {
    expect(step('Enter', 3)).toBeUndefined();
    const event = { ...plain, key: 'ArrowLeft', altKey: true };
    expect(listStep({ event, index: 3, count: 20, page: 5 })).toBeUndefined();
  });

  it('leads nowhere in an empty list', () => {
    expect(step('End', 0, 0)).toBeUndefined();
  });
});

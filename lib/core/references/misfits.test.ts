import { expect, it } from 'vitest';
import type { ImageFormat } from '../bytes/image-header';
import { findMisfits } from './misfits';

const limits = { max: 2, maxBytes: 1000, formats: ['png', 'jpeg'] as const };
const attachment = (format: ImageFormat, byteLength = 10) => ({
  id: `${format}${byteLength}`,
  hash: '',
  name: '',
  byteLength,
  header: { format, width: 1, height: 1, hasAlpha: false, orientation: 1 },
});

it('says nothing of a list that a model takes', () => {
  expect(findMisfits([attachment('png'), attachment('jpeg', 1000)], limits)).toEqual([]);
});

it('names every picture that it does not take, with the reason', () => {
  const list = [attachment('webp'), attachment('png', 1001), attachment('png'), attachment('gif')];
  expect(findMisfits(list, limits)).toEqual([
    { reason: 'format', number: 1, format: 'webp', offer: 'png' },
    { reason: 'bytes', number: 2, byteLength: 1001, offer: 'jpeg' },
    { reason: 'count', number: 3 },
    { reason: 'count', number: 4 },
  ]);
});

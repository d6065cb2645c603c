import { describe, expect, it } from 'vitest';
import { askedPictures } from './asked-pictures';

const request = { model: 'm', prompt: 'p' };

describe('how many pictures a request can bring', () => {
  it.each([
    [{}, 1, false],
    [{ n: 4 }, 4, false],
    [{ n: 4, sequential_image_generation: 'disabled' }, 1, false],
    [{ n: 3, sequential_image_generation: 'auto' }, 3, true],
    [{ n: 1, sequential_image_generation: 'auto' }, 1, false],
    [{ n: 1, sequential_image_generation_options: { max_images: 6 } }, 6, true],
    [{ n: 1, sequential_image_generation_options: { max_images: 1 } }, 1, false],
  ])('%j', (fields, count, isUpperBound) => {
    expect(askedPictures({ ...request, ...fields })).toEqual({ count, isUpperBound });
  });
});

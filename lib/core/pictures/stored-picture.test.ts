import { describe, expect, it } from 'vitest';
import type { ImageHeader } from '../bytes/image-header';
import { expectationOf, seenSize } from './stored-picture';

const header = (fields: Partial<ImageHeader>): ImageHeader =>
  ({ width: 300, height: 200, orientation: 1, ...fields }) as ImageHeader;

describe('what a request asks of its pictures', () => {
  it('is its size, format and transparency', () => {
    const request = { model: 'm', prompt: 'p' };
    expect(
      expectationOf({
        ...request,
        size: '1536x1024',
        output_format: 'png',
        background: 'transparent',
      }),
    ).toEqual({ size: '1536x1024', format: 'png', hasAlpha: true });
    expect(expectationOf({ ...request, size: 'auto', background: 'auto' })).toEqual({
      size: undefined,
      format: undefined,
      hasAlpha: undefined,
    });
    expect(expectationOf({ ...request, background: 'opaque' }).hasAlpha).toBeUndefined();
    expect(expectationOf(request).size).toBeUndefined();
  });
});

describe('the size that is seen', () => {
  it.each([1, 2, 3, 4])('orientation %i stands upright', (orientation) => {
    expect(seenSize(header({ orientation }))).toBe('300x200');
  });

  it.each([5, 6, 7, 8])('orientation %i lies on its side', (orientation) => {
    expect(seenSize(header({ orientation }))).toBe('200x300');
  });

  it('is not known of every file', () => {
    expect(seenSize(header({ width: undefined }))).toBeUndefined();
    expect(seenSize(header({ height: undefined }))).toBeUndefined();
  });
});

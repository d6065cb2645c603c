import { describe, expect, it } from 'vitest';
import type { ImageHeader } from '../bytes/image-header';
import { expectationOf, headerAsSeen, seenSize } from './stored-picture';

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

describe('a header beside the decoded bitmap', () => {
  it.each([
    ['agrees', { orientation: 1 }, { width: 300, height: 200 }],
    ['agrees, turned', { orientation: 6 }, { width: 200, height: 300 }],
  ])('that %s stays', (_, fields, seen) => {
    expect(headerAsSeen(header(fields), seen)).toEqual(header(fields));
  });

  it.each([
    ['is turned, unlike the header says', { orientation: 1 }, { width: 200, height: 300 }],
    ['is not turned', { orientation: 6 }, { width: 300, height: 200 }],
    ['has another size', { orientation: 3 }, { width: 80, height: 48 }],
    [
      'is the first to say a size',
      { width: undefined, height: undefined },
      { width: 8, height: 4 },
    ],
  ])('that %s gives way to it', (_, fields, seen) => {
    expect(headerAsSeen(header(fields), seen)).toEqual(header({ ...seen, orientation: 1 }));
  });
});

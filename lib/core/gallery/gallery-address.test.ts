import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterKinds } from './filters';
import {
  type GalleryAddress,
  readGalleryAddress,
  startAddress,
  wallSizes,
  writeGalleryAddress,
} from './gallery-address';

describe('the address of a gallery', () => {
  it('is empty at the start', () => {
    expect(writeGalleryAddress(startAddress)).toBe('');
    expect(readGalleryAddress('')).toEqual(startAddress);
  });

  it('leaves out what it does not understand', () => {
    expect(readGalleryAddress('#size=huge&at=here&show=all&other=1&model=')).toEqual(startAddress);
  });

  const text = fc.string({ unit: 'grapheme', minLength: 1 });
  const addresses: fc.Arbitrary<GalleryAddress> = fc.record({
    search: fc.record(Object.fromEntries(['words', ...filterKinds].map((kind) => [kind, text])), {
      requiredKeys: [],
    }),
    size: fc.constantFrom(...wallSizes),
    isStacked: fc.boolean(),
    isTrash: fc.boolean(),
    place: fc.option(fc.record({ key: text, offset: fc.integer({ min: -9999, max: 9999 }) })),
  });

  it('is read as it was written, whatever is searched for', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        expect(readGalleryAddress(`#${writeGalleryAddress(address)}`)).toEqual(address);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureFileName, zipFileName } from './file-name';

const bear = 'A close-up of a bear walking through a misty forest';

describe('file names', () => {
  it.each([
    [bear, 'png', 'close-up-bear-walking-misty-1.png'],
    ['清晨的森林，一头棕熊', 'jpeg', '清晨的森林-一头棕熊-1.jpg'],
    ['the of and', 'png', 'the-of-and-1.png'],
    ['!!! 🦊', 'webp', 'picture-1.webp'],
  ])('a picture of %j', (prompt, format, expected) => {
    expect(pictureFileName({ prompt, index: 0, format })).toBe(expected);
  });

  it.each([
    [bear, 'close-up-bear-walking-misty.zip'],
    ['', 'pictures.zip'],
  ])('a ZIP of %j', (prompt, expected) => expect(zipFileName({ prompt })).toBe(expected));

  it('are safe on every disk, whatever the prompt', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (prompt) => {
        for (const name of [
          zipFileName({ prompt }),
          pictureFileName({ prompt, index: 2, format: 'png' }),
        ]) {
          expect(name).toMatch(/^[\p{L}\p{M}\p{N}-]+\.(png|zip)$/u);
          expect(name).not.toMatch(/^-/);
        }
      }),
    );
  });
});

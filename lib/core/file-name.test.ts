import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureFileName, zipFileName } from './file-name';

const name = (prompt: string, index = 0, format = 'png') =>
  pictureFileName({ prompt, index, format });

describe('file names', () => {
  it.each([
    ['a close-up of a bear walking through a misty forest', 'close-up-bear-walking-misty-1.png'],
    ['清晨的森林，一头棕熊', '清晨的森林-一头棕熊-1.png'],
    ['Été à la Plage', 'été-à-la-plage-1.png'],
    ['the of and', 'the-of-and-1.png'],
    ['a'.repeat(60), `${'a'.repeat(40)}-1.png`],
    ['', 'picture-1.png'],
    ['🐻 !!!', 'picture-1.png'],
    ['../../etc/passwd', 'etc-passwd-1.png'],
    ['__proto__', 'proto-1.png'],
  ])('say what %j shows', (prompt, expected) => {
    expect(name(prompt)).toBe(expected);
  });

  it('have the number and ending of the picture', () => {
    expect(name('bear', 3, 'jpeg')).toBe('bear-4.jpg');
    expect(name('bear', 0, 'webp')).toBe('bear-1.webp');
  });

  it.each([
    ['a close-up of a bear walking', 'close-up-bear-walking.zip'],
    ['', 'pictures.zip'],
  ])('name a ZIP of %j', (prompt, expected) => expect(zipFileName({ prompt })).toBe(expected));

  it('are short and safe on every disk, whatever the prompt', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (prompt) => {
        for (const made of [name(prompt), zipFileName({ prompt })]) {
          expect(made).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*\.(png|zip)$/u);
          expect([...made].length).toBeLessThanOrEqual(46);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compositeFileName, pictureFileName, uniqueNames, zipFileName } from './file-name';

const at = new Date(2026, 10, 24, 9, 5, 7).getTime();
const name = (prompt: string, index = 0, format = 'png') =>
  pictureFileName({ prompt, at, index, format });

describe('file names', () => {
  it.each([
    [
      'a close-up of a bear walking through a misty forest',
      'close-up-bear-walking-misty-1124-090507-1.png',
    ],
    ['清晨的森林，一头棕熊', '清晨的森林-一头棕熊-1124-090507-1.png'],
    ['Été à la Plage', 'été-à-la-plage-1124-090507-1.png'],
    ['the of and', 'the-of-and-1124-090507-1.png'],
    ['a'.repeat(60), `${'a'.repeat(40)}-1124-090507-1.png`],
    ['', 'picture-1124-090507-1.png'],
    ['🐻 !!!', 'picture-1124-090507-1.png'],
    ['../../etc/passwd', 'etc-passwd-1124-090507-1.png'],
    ['__proto__', 'proto-1124-090507-1.png'],
  ])('say what %j shows', (prompt, expected) => {
    expect(name(prompt)).toBe(expected);
  });

  it('have the number and ending of the picture', () => {
    expect(name('bear', 3, 'jpeg')).toBe('bear-1124-090507-4.jpg');
    expect(name('bear', 0, 'webp')).toBe('bear-1124-090507-1.webp');
  });

  it('tell a composite from the result that it was made of', () => {
    expect(compositeFileName({ prompt: 'bear', at, index: 1 })).toBe(
      'bear-1124-090507-2-composite.png',
    );
  });

  it.each([
    ['a close-up of a bear walking', 'close-up-bear-walking-1124-090507.zip'],
    ['', 'pictures-1124-090507.zip'],
  ])('name a ZIP of %j', (prompt, expected) => expect(zipFileName(prompt, at)).toBe(expected));

  it('are short and safe on every disk, whatever the prompt', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (prompt) => {
        for (const made of [name(prompt), zipFileName(prompt, at)]) {
          expect(made).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*\.(png|zip)$/u);
          expect([...made].length).toBeLessThanOrEqual(58);
        }
      }),
    );
  });
});

describe('uniqueNames', () => {
  it.each([
    [[], []],
    [
      ['fox-1.png', 'fox-2.png'],
      ['fox-1.png', 'fox-2.png'],
    ],
    [
      ['fox.png', 'fox.png', 'Fox.png', 'fox.jpg'],
      ['fox.png', 'fox-2.png', 'Fox-3.png', 'fox.jpg'],
    ],
    [
      ['fox.png', 'fox.png', 'fox-2.png'],
      ['fox.png', 'fox-3.png', 'fox-2.png'],
    ],
    [
      ['fox', 'fox', '狐.png', '狐.png'],
      ['fox', 'fox-2', '狐.png', '狐-2.png'],
    ],
  ])('%j → %j', (names, expected) => expect(uniqueNames(names)).toEqual(expected));

  it('never gives a name twice, and keeps the first of each as it is', () => {
    const name = fc.constantFrom(
      'a.png',
      'A.png',
      'a-2.png',
      'a-3.png',
      'a',
      '.png',
      'b.tar.gz',
      '',
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const unique = uniqueNames(names);
        expect(new Set(unique.map((text) => text.toLowerCase())).size).toBe(names.length);
        const folded = names.map((text) => text.toLowerCase());
        names.forEach((text, index) => {
          if (folded.indexOf(text.toLowerCase()) === index) expect(unique[index]).toBe(text);
        });
      }),
    );
  });
});

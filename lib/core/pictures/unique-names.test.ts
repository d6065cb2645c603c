import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniqueNames } from './unique-names';

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

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countCharacters } from './validation';

it.each([
  ['', 0],
  ['a bear', 6],
  ['一头熊', 3],
  ['🐻', 1],
  ['𠮷野家', 3],
  ['👩‍🎨', 3],
  ['\ud83d', 1],
  ['\ud83da', 2],
  ['a\udc3b', 2],
  ['\udc3b\ud83d', 2],
])('%j has %i characters', (text, count) => {
  expect(countCharacters(text)).toBe(count);
});

// Both ends of each range of surrogates, and their neighbours.
const unit = fc.constantFrom(0x61, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000);

it('counts what a string gives one by one', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
      const text = String.fromCharCode(...units);
      expect(countCharacters(text)).toBe([...text].length);
    }),
  );
});

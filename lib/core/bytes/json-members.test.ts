import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemberFilter } from './json-members';

const encode = (text: string) => new TextEncoder().encode(text);

function filter(text: string, { drop = [] as string[], insert = '', size = 1e9 } = {}): string {
  const write = createMemberFilter({
    isDropped: (name) => drop.includes(name),
    insert: encode(insert),
  });
  const bytes = encode(text);
  const pieces: number[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    pieces.push(...write(bytes.slice(at, at + size)));
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(pieces));
}

const without = (value: Record<string, unknown>, drop: string[]) =>
  Object.fromEntries(
    Object.entries(value).filter(([name, item]) => item !== null && !drop.includes(name)),
  );

describe('createMemberFilter', () => {
  it.each([
    ['{}', '{}'],
    ['[null]', '[null]'],
    ['{"a":null}', '{        }'],
    ['{"a":null,"b":1}', '{         "b":1}'],
    ['{"b":1 , "a" : null }', '{"b":1              }'],
    ['{"b":{"a":null},"c":[null]}', '{"b":{"a":null},"c":[null]}'],
    ['{"u":{"a":[1,"}"]},"b":"\\",null"}', '{                  "b":"\\",null"}'],
    ['{"\\u0075":"x","b":1}', '{             "b":1}'],
    ['\ufeff{"u":1,"b":1}', '\ufeff{      "b":1}'],
  ])('makes of %s: %s, in pieces of any length', (text, expected) => {
    for (const size of [1, 2, 3, 1e9]) expect(filter(text, { drop: ['u'], size })).toBe(expected);
  });

  it('inserts after the brace', () => {
    for (const size of [1, 1e9]) {
      const insert = '"u":"Ann",';
      expect(filter(' { "a":null,"u":1,"b":2}', { drop: ['u'], insert, size })).toBe(
        ' {"u":"Ann",                "b":2}',
      );
    }
  });

  it('leaves what a reader of JSON reads as it was, for any object and any pieces', () => {
    const names = fc.constantFrom('a', 'u', 'é"', '\\', '__proto__', 'b');
    fc.assert(
      fc.property(
        fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })),
        fc.constantFrom(0, 1, 2),
        fc.integer({ min: 1, max: 30 }),
        (value, indent, size) => {
          const text = JSON.stringify(value, null, indent);
          const passed = filter(text, { drop: ['u'], size });
          expect(encode(passed).length).toBe(encode(text).length);
          expect(JSON.parse(passed)).toEqual(without(JSON.parse(text), ['u']));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('keeps at most 16 KiB back', () => {
    const text = `{"a":1,${' '.repeat(20_000)}"b":1}`;
    expect(() => filter(text, { size: 1000 })).toThrow(/between two values/);
    expect(filter(text)).toBe(text);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from './format-error';
import { createJsonReader, type JsonValue } from './json-stream';

/** Reads a Buffer's pieces, whose search is native, as a strict reader or one that passes over. */
function read(text: string, { passesUnseen = false, cuts = [] as number[], keep = 70 } = {}) {
  const bytes = Buffer.from(text);
  const reader = createJsonReader({ passesUnseen, keepStringBytes: keep });
  let from = 0;
  for (const cut of [...cuts].sort((one, other) => one - other)) {
    reader.write(bytes.subarray(from, cut));
    from = Math.max(from, cut);
  }
  reader.write(bytes.subarray(from));
  return reader.end();
}

function outcome(work: () => JsonValue): JsonValue | { message: string } {
  try {
    return work();
  } catch (error) {
    if (error instanceof FormatError) return { message: error.message };
    throw error;
  }
}

const inner = fc.constantFrom('x', '"', '\\', '/', '\n', 'é', '😀', '\ud800', 'y'.repeat(200));
const strings = fc.string({ unit: inner, maxLength: 30 });
const json = fc
  .array(fc.oneof(strings, fc.dictionary(fc.string({ maxLength: 5 }), strings, { maxKeys: 2 })))
  .map((list) => JSON.stringify(list).replaceAll('/', '\\/'))
  .filter((text) => !text.includes('"__proto__"'));
const cuts = fc.array(fc.nat(9000), { maxLength: 8 });

describe('long strings that are passed over', () => {
  test('have the length and head that a strict reader sees, however the text is cut', () => {
    fc.assert(
      fc.property(json, cuts, (text, places) => {
        expect(read(text, { passesUnseen: true, cuts: places })).toStrictEqual(read(text));
      }),
    );
  });

  test('are the values of JSON.parse where all is kept', () => {
    fc.assert(
      fc.property(json, cuts, (text, places) => {
        const value = read(text, { passesUnseen: true, cuts: places, keep: 100_000 });
        expect(JSON.stringify(value)).toBe(
          JSON.stringify(JSON.parse(text.replace(/\\ud800/g, '\\ufffd'))),
        );
      }),
    );
  });

  test('end at the same quote, and are refused for the same escapes, after any damage', () => {
    const damage = fc.constantFrom('"', '\\', '\\"', '\\x', '\\u12', ',', ']', '', '{');
    fc.assert(
      fc.property(json, fc.nat(), damage, cuts, (text, place, put, places) => {
        const at = place % text.length;
        const damaged = text.slice(0, at) + put + text.slice(at + 1);
        const loose = outcome(() => read(damaged, { passesUnseen: true, cuts: places }));
        expect(loose).toStrictEqual(outcome(() => read(damaged)));
      }),
      { numRuns: 1000 },
    );
  });

  test('may hold a control character only beyond what is kept', () => {
    for (let at = 0; at < 200; at++) {
      const text = `["${'x'.repeat(at)}\n${'x'.repeat(200 - at)}"]`;
      const loose = () => read(text, { passesUnseen: true, cuts: [at + 2] });
      if (at > 70) expect(loose).not.toThrow();
      else expect(loose).toThrow('byte 0x0a');
      expect(() => read(text)).toThrow('byte 0x0a');
    }
  });
});

describe('a sink that has seen enough', () => {
  test('gets no more of its string, nor its end, and the next string is its own', () => {
    const seen: string[] = [];
    const reader = createJsonReader({
      openString: (path) => {
        let satisfied = false;
        return {
          write(bytes) {
            seen.push(`${path.at(-1)}:${bytes.length}`);
            satisfied = true;
          },
          end: () => seen.push('end'),
          get satisfied() {
            return satisfied;
          },
        };
      },
    });
    const long = 'x'.repeat(600);
    for (const piece of ['["', long, long, `${long}","`, long, '",""]']) {
      reader.write(Buffer.from(piece));
    }
    expect(reader.end()).toMatchObject([{ byteLength: 1800 }, { byteLength: 600 }, {}]);
    expect(seen).toEqual(['0:600', '1:600', 'end']);
  });
});

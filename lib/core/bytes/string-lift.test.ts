import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStringLift } from './string-lift';

const encode = (text: string) => new TextEncoder().encode(text);
const long = (start: string, length = 40_000) => start + 'Aa0+/'.repeat(length / 5);

/** What passes of a text, and what is lifted out of it: strings that begin with "lift". */
function lift(text: string, sizes: number[]) {
  let passed = '';
  const decoder = new TextDecoder();
  const lifted: { text: string; isWhole: boolean | undefined }[] = [];
  const reader = createStringLift(
    (bytes) => (passed += decoder.decode(bytes, { stream: true })),
    (head) => {
      if (!head.startsWith('lift')) return undefined;
      const found = { text: '', isWhole: undefined as boolean | undefined };
      lifted.push(found);
      const bytes = new TextDecoder();
      return {
        token: `token${lifted.length}`,
        sink: {
          write: (slice) => (found.text += bytes.decode(slice, { stream: true })),
          end: (isWhole) => (found.isWhole = isWhole),
        },
      };
    },
  );
  const bytes = encode(text);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    reader.write(bytes.slice(at, at + size));
    at += size;
  }
  reader.end();
  return { passed, lifted };
}
const anyCut = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 5 });

describe('createStringLift', () => {
  it('passes everything that is not of its kind, however it is cut', () => {
    const texts = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constant(JSON.stringify([long('keep'), '"\\'])),
    );
    fc.assert(
      fc.property(texts, anyCut, (text, sizes) => {
        const clean = text.toWellFormed();
        expect(lift(clean, sizes)).toEqual({ passed: clean, lifted: [] });
      }),
    );
  });

  it('lifts a long string, and leaves its token', () => {
    const inner = long('lift"\\/é🎈');
    const escaped = JSON.stringify(inner).replaceAll('/', '\\/').replace('é', '\\u00e9');
    const text = `{"a":"x","b":${escaped},"c":${JSON.stringify(long('keep'))}}`;
    const expected = {
      passed: `{"a":"x","b":"token1","c":${JSON.stringify(long('keep'))}}`,
      lifted: [{ text: inner, isWhole: true }],
    };
    fc.assert(
      fc.property(anyCut, (sizes) => {
        expect(lift(text, sizes)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('lifts no short string', () => {
    const text = JSON.stringify(long('lift', 16_000));
    expect(lift(text, [100])).toEqual({ passed: text, lifted: [] });
  });

  it('tells of a string that broke off, and reads on behind it', () => {
    const next = `data: ["${long('lift')}"]\n\n`;
    const { passed, lifted } = lift(`data: ["${long('lift')}\n\n${next}`, [5000]);
    expect(lifted.map(({ isWhole }) => isWhole)).toEqual([false, true]);
    expect(passed).toBe('data: ["token1\u0001\n\ndata: ["token2"]\n\n');
    expect(lift(`["${long('lift')}`, [999]).lifted[0]?.isWhole).toBe(false);
  });

  it('never makes a whole string of one with a wrong escape', () => {
    for (const wrong of ['\\q', '\\u00"', '\t']) {
      for (const before of [40_000, 100]) {
        const text = `["${long('lift', before)}${wrong}${long('', 40_000)}"]`;
        const { passed, lifted } = lift(text, [7000]);
        expect(lifted.filter(({ isWhole }) => isWhole)).toEqual([]);
        expect(() => JSON.parse(passed)).toThrow();
      }
    }
  });
});

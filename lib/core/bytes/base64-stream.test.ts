import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBase64Decoder, encodeBase64 } from './base64-stream';
import { FormatError } from './format-error';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function decode(text: string, cuts: readonly number[] = []): Uint8Array {
  const decoder = createBase64Decoder();
  const ascii = bytesOf(text);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const cut of [...cuts, ascii.length].sort((a, b) => a - b)) {
    parts.push(decoder.write(ascii.subarray(from, cut)));
    from = Math.max(from, cut);
  }
  return Uint8Array.from([...parts, decoder.end()].flatMap((part) => [...part]));
}

const decodeText = (text: string) => new TextDecoder().decode(decode(text));

/** TC39's `setFromBase64` with `stop-before-partial`, for engines that lack it. */
function setFromBase64(this: Uint8Array, text: string) {
  const letters = text.replace(/[\t\n\f\r ]/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(letters)) throw new SyntaxError('not base64');
  const groups = letters.length - (letters.length % 4);
  const bytes = Buffer.from(letters.slice(0, groups), 'base64');
  this.set(bytes);
  let read = 0;
  for (let seen = 0; seen < groups; read++) if (!/\s/.test(text[read] ?? '')) seen++;
  return { read, written: bytes.length };
}

function toBase64(this: Uint8Array) {
  return Buffer.from(this).toString('base64');
}

const methods = ['setFromBase64', 'toBase64'] as const;
const originals = methods.map((name) =>
  Object.getOwnPropertyDescriptor(Uint8Array.prototype, name),
);

afterEach(() => {
  methods.forEach((name, index) => {
    Reflect.deleteProperty(Uint8Array.prototype, name);
    const original = originals[index];
    if (original) Object.defineProperty(Uint8Array.prototype, name, original);
  });
});

describe.each(['the table', "the engine's methods"])('by %s', (way) => {
  beforeEach(() => {
    for (const name of methods) Reflect.deleteProperty(Uint8Array.prototype, name);
    if (way === 'the table') return;
    const values = { setFromBase64, toBase64 };
    for (const name of methods) {
      const value = values[name];
      Object.defineProperty(Uint8Array.prototype, name, { value, configurable: true });
    }
  });

  test('what was encoded is decoded, however it is cut', () => {
    const cuts = fc.array(fc.nat(300));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), cuts, (bytes, places) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decode(text, places)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('white space, the URL-safe alphabet and missing padding are taken', () => {
    const space = fc.constantFrom('', '', ' ', '\r\n', '\t', '\f');
    const spaces = fc.array(space, { minLength: 1, maxLength: 20 });
    const bytes = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(
        bytes,
        spaces,
        fc.boolean(),
        fc.boolean(),
        fc.nat(80),
        (raw, gaps, url, pad, cut) => {
          let text = Buffer.from(raw).toString(url ? 'base64url' : 'base64');
          if (!pad) text = text.replaceAll('=', '');
          text = [...text].map((letter, index) => letter + gaps[index % gaps.length]).join('');
          expect(decode(text, [cut])).toEqual(raw);
        },
      ),
      { numRuns: 500 },
    );
  });

  // RFC 4648 §10
  test.each([
    ['', ''],
    ['Zg==', 'f'],
    ['Zm8=', 'fo'],
    ['Zm9v', 'foo'],
    ['Zm9vYg==', 'foob'],
    ['Zm9vYmE=', 'fooba'],
    ['Zm9vYmFy', 'foobar'],
  ])('%j is %j', (text, plain) => expect(decodeText(text)).toBe(plain));

  test('padding may be cut off or spaced', () => {
    expect(decodeText('Zg=')).toBe('f');
    expect(decodeText('Zg = =\n')).toBe('f');
  });

  test.each([
    ['%', 0],
    ['Zm9v%', 4],
    ['Zm9vZ*', 5],
    ['Zm9vZm9vZm9\u0000', 11],
    ['Zm9v=', 4],
    ['Z=', 1],
    ['Zg===', 4],
    ['Zm8==', 4],
    ['Zg==Zg==', 4],
    ['Zg== Z', 5],
    ['Zm9vZ', 5],
  ])('%j is refused at %i, however it is cut', (text, offset) => {
    for (let cut = 0; cut <= text.length; cut++) {
      expect(() => decode(text, [cut])).toThrow(FormatError);
      expect(() => decode(text, [cut])).toThrow(expect.objectContaining({ offset }));
    }
  });

  test('what was decoded is not overwritten later', () => {
    const decoder = createBase64Decoder();
    const first = decoder.write(bytesOf('Zm9v'));
    decoder.write(bytesOf('YmFy'));
    expect(new TextDecoder().decode(first)).toBe('foo');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from './format-error';
import { bytesOf, read, readBytewise, readingError, recordingSinks } from './json-reading.setup';
import { createJsonReader, LongString } from './json-stream';

function expected(text: string): unknown {
  const wellFormed = (value: unknown): unknown => {
    if (typeof value === 'string') return value.toWellFormed();
    if (Array.isArray(value)) return value.map(wellFormed);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, v]) => [key.toWellFormed(), wellFormed(v)]);
    return Object.assign(Object.create(null), Object.fromEntries(entries));
  };
  return wellFormed(JSON.parse(text));
}

/** JSON texts with every kind of white space and escape, which JSON.stringify does not write. */
const spacedJson = fc
  .tuple(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(0, '\t', ' \r\n', '    '))
  .map(([value, space]) => JSON.stringify(value, null, space as string))
  .filter((text) => !text.includes('"__proto__"'));

describe('values', () => {
  test('are those of JSON.parse, however the bytes are cut', () => {
    fc.assert(
      fc.property(spacedJson, fc.array(fc.nat(400), { maxLength: 8 }), (text, cuts) => {
        expect(read(text, { cuts })).toStrictEqual(expected(text));
      }),
      { numRuns: 300 },
    );
  });

  test('are the same after every cut in two', () => {
    const text =
      ' {"a\\u00e9":[-0,1.5e+3,true,false,null,"\\ud83d\\ude00\\/\\n\\ud800x\\udc00"],"中":{},"":[]} ';
    const wanted = expected(text);
    expect(readBytewise(text)).toStrictEqual(wanted);
    for (let cut = 0; cut <= bytesOf(text).length; cut++) {
      expect(read(text, { cuts: [cut] })).toStrictEqual(wanted);
    }
  });

  test.each(['true', ' null ', '12', '-0.5E-2 ', '"x"', '[]', '{}', '[[],{}]', '1e999'])(
    'at the top: %s',
    (text) => expect(read(text)).toStrictEqual(expected(text)),
  );

  test.each([
    '\\ud800',
    '\\ud800\\n',
    '\\ud800\\ud801\\udc01',
    '\\udc01\\ud800',
    '\\ud800é',
    '\\uD834\\uDD1e',
  ])('surrogates: %s', (escaped) => {
    const text = `["${escaped}"]`;
    expect(readBytewise(text)).toStrictEqual(expected(text));
    expect(read(text)).toStrictEqual(expected(text));
  });

  test('every text is taken or refused as JSON.parse does', () => {
    const piece = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"', '"a"', '"b":', '\\', 'u00', '1', '0', '-', '.', 'e'],
      ...['+', 'true', 'fals', 'null', ' ', '\n', '\f', '\u0001', '\u007f', 'é', '\ufeff'],
    );
    const parses = (parse: () => unknown) => {
      try {
        return [parse()];
      } catch (error) {
        const isDuplicate = error instanceof FormatError && error.message.startsWith('Dupl');
        return isDuplicate ? 'duplicate' : undefined;
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('').replace(/^\ufeff+/, '');
        const ours = parses(() => readBytewise(text));
        if (ours !== 'duplicate') expect(ours).toStrictEqual(parses(() => expected(text)));
      }),
      { numRuns: 5000 },
    );
  });

  test('a byte order mark before the text is left out, one inside a string is kept', () => {
    expect(readBytewise('\ufeff{"a":"\ufeffb"}')).toEqual({ a: '\ufeffb' });
    expect(readingError('\ufeff\ufeff1').offset).toBe(3);
    expect(readingError(Uint8Array.of(0xef, 0x20, 0xbb, 0xbf, 0x31)).offset).toBe(2);
    expect(readingError(Uint8Array.of(0xef, 0x31)).offset).toBe(1);
    expect(() => read(Uint8Array.of(0xef, 0xbb))).toThrow('Unexpected end at byte 2');
  });

  test('keys that mean something to objects are plain properties', () => {
    const value = read('{"__proto__":{"admin":true},"constructor":1,"toString":2}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect('admin' in (value as object)).toBe(false);
  });

  test('ended tells when the top value is complete', () => {
    const reader = createJsonReader();
    reader.write(bytesOf('{"a":1'));
    expect(reader.ended).toBe(false);
    reader.write(bytesOf('}'));
    expect(reader.ended).toBe(true);
    reader.write(bytesOf(' \n'));
    expect(reader.end()).toEqual({ a: 1 });
  });
});

describe('long strings', () => {
  test('longer than keepStringBytes stand in the tree by length and head', () => {
    const text = JSON.stringify(['x'.repeat(100), 'x'.repeat(101), '中'.repeat(40)]);
    const head = '中'.repeat(21);
    for (const value of [
      read(text, { keepStringBytes: 100 }),
      readBytewise(text, { keepStringBytes: 100 }),
    ]) {
      expect(value).toStrictEqual([
        'x'.repeat(100),
        new LongString(101, 'x'.repeat(64)),
        new LongString(120, head),
      ]);
    }
  });

  test('have a head also where less than a head is kept', () => {
    expect(read('["abc"]', { keepStringBytes: 2 })).toStrictEqual([new LongString(3, 'abc')]);
  });

  test('are kept whole up to 16 KB unless told otherwise', () => {
    const value = read(JSON.stringify(['x'.repeat(16_384), 'x'.repeat(16_385)]));
    expect(value).toStrictEqual(['x'.repeat(16_384), new LongString(16_385, 'x'.repeat(64))]);
  });
});

describe('errors', () => {
  test.each([
    ['<html>', 'Unexpected "<" at byte 0: JSON was expected', 0],
    ['', 'Unexpected end at byte 0: JSON was expected', 0],
    ['  ', 'Unexpected end at byte 2: JSON was expected', 2],
    ['{"a":1}x', 'Unexpected "x" at byte 7: the end was expected', 7],
    ['{"a":1', 'Unexpected end at byte 6: "," or "}" was expected', 6],
    ['{"a" 1}', 'Unexpected "1" at byte 5: ":" was expected', 5],
    ['{"a":}', 'Unexpected "}" at byte 5: a value was expected', 5],
    ['{"a":1,}', 'Unexpected "}" at byte 7: a key was expected', 7],
    ['{1:2}', 'Unexpected "1" at byte 1: a key or "}" was expected', 1],
    ['[1,]', 'Unexpected "]" at byte 3: a value was expected', 3],
    ['[,1]', 'Unexpected "," at byte 1: a value or "]" was expected', 1],
    ['[1}', 'Unexpected "}" at byte 2: "," or "]" was expected', 2],
    ['tru ', 'Unexpected byte 0x20 at byte 3: "e" was expected', 3],
    ['nul', 'Unexpected end at byte 3: "l" was expected', 3],
    ['[01]', 'Malformed number 01 at byte 1', 1],
    ['-', 'Malformed number - at byte 0', 0],
    ['"\u0007"', 'Unexpected byte 0x07 at byte 1: an escaped character was expected', 1],
    ['"\\x"', 'Unexpected "x" at byte 2: an escape was expected', 2],
    ['"\\u12g4"', 'Unexpected "g" at byte 5: a hex digit was expected', 5],
    ['"abc', 'Unexpected end at byte 4: the rest of a string was expected', 4],
    ['{"a":1,"b":2,"a":3}', 'Duplicate key "a" at byte 13', 13],
    ['{"\\u0061":1,"a":3}', 'Duplicate key "a" at byte 12', 12],
  ])('%j: %s', (text, message, offset) => {
    expect(readingError(text)).toMatchObject({ message, offset });
    const bytes = bytesOf(text);
    expect(readingError(bytes, { cuts: [...bytes.keys()] }).message).toBe(message);
  });

  test('come again at every later call', () => {
    const reader = createJsonReader();
    expect(() => reader.write(bytesOf('[1}'))).toThrow('byte 2');
    expect(() => reader.write(bytesOf(']'))).toThrow('byte 2');
    expect(() => reader.end()).toThrow('byte 2');
  });

  test('bad UTF-8 is refused in strings and keys that are kept, not in those that pass', () => {
    const bad = Uint8Array.of(0x5b, 0x22, 0xe4, 0xb8, 0x22, 0x5d);
    expect(readingError(bad)).toMatchObject({
      message: 'The string at byte 1 is not UTF-8',
      offset: 1,
    });
    expect(readingError(Uint8Array.of(0x7b, 0x22, 0xff, 0x22)).offset).toBe(1);
    const { openString, strings } = recordingSinks();
    read(bad, { openString });
    expect(strings.get('0')?.bytes).toEqual([0xe4, 0xb8]);
  });

  test('a control character is found at every place of a long string', () => {
    for (let at = 0; at < 150; at++) {
      const text = `"${'x'.repeat(at)}\u001f${'x'.repeat(150)}"`;
      expect(readingError(text).offset).toBe(at + 1);
    }
  });
});

describe('limits', () => {
  test('depth', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => read(nested(64))).not.toThrow();
    expect(readingError(nested(65)).message).toBe('More than 64 levels of nesting at byte 64');
    expect(readingError('{"a":{"b":1}}', { maxDepth: 1 }).offset).toBe(5);
    expect(() => read('[[],[],[]]', { maxDepth: 2 })).not.toThrow();
  });

  test('values of every kind', () => {
    expect(() => read('[1,"a",{},[],null]', { maxValues: 6 })).not.toThrow();
    expect(readingError('[1,"a",{},[],null]', { maxValues: 5 })).toMatchObject({
      message: 'More than 5 values at byte 13',
      offset: 13,
    });
  });

  test('keys', () => {
    expect(() => read(`{"${'k'.repeat(1024)}":1}`)).not.toThrow();
    expect(readingError(`{"${'k'.repeat(1025)}":1}`).message).toBe(
      'Key at byte 1 is longer than 1024 bytes',
    );
  });

  test('numbers', () => {
    expect(read(`[${'1'.repeat(64)}]`)).toEqual([Number('1'.repeat(64))]);
    expect(readingError(`[${'1'.repeat(65)}]`).message).toBe(
      'Number at byte 1 is longer than 64 bytes',
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from './format-error';
import {
  createJsonReader,
  type JsonReaderOptions,
  type JsonValue,
  LongString,
} from './json-stream';

const bytesOf = (text: string) => new TextEncoder().encode(text);

type ReadOptions = JsonReaderOptions & { cuts?: readonly number[] };

/** Reads the bytes cut at the given places; views of one buffer, so at any alignment. */
function read(input: string | Uint8Array, { cuts = [], ...options }: ReadOptions = {}): JsonValue {
  const bytes = typeof input === 'string' ? bytesOf(input) : input;
  const reader = createJsonReader(options);
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    reader.write(bytes.subarray(from, cut));
    from = Math.max(from, cut);
  }
  reader.write(bytes.subarray(from));
  return reader.end();
}

function readBytewise(input: string, options?: JsonReaderOptions): JsonValue {
  const bytes = bytesOf(input);
  return read(bytes, { ...options, cuts: [...bytes.keys()] });
}

/** As JSON.parse has it, but with U+FFFD for surrogates alone, as the reader does. */
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

function errorOf(input: string | Uint8Array, options?: ReadOptions): FormatError {
  try {
    read(input, options);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Collects what sinks get: path → parts joined, and whether the string ended. */
function recordingSinks(wants: (path: string) => boolean = () => true) {
  const strings = new Map<string, { bytes: number[]; ended: boolean }>();
  const openString: JsonReaderOptions['openString'] = (path) => {
    const name = path.join('.');
    if (!wants(name)) return undefined;
    const string = { bytes: [] as number[], ended: false };
    strings.set(name, string);
    return {
      write: (bytes) => {
        for (const byte of bytes) string.bytes.push(byte);
      },
      end: () => {
        string.ended = true;
      },
    };
  };
  const text = (name: string) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(strings.get(name)?.bytes ?? []),
    );
  return { openString, strings, text };
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
    expect(errorOf('\ufeff\ufeff1').offset).toBe(3);
    expect(errorOf(Uint8Array.of(0xef, 0x20, 0xbb, 0xbf, 0x31)).offset).toBe(2);
    expect(errorOf(Uint8Array.of(0xef, 0x31)).offset).toBe(1);
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

describe('sinks', () => {
  test('get exactly the unescaped bytes, however they are cut', () => {
    const unit = fc.constantFrom('a', '/', '\n', '"', '\\', 'é', '中', '😀', 'b'.repeat(700));
    const strings = fc.array(fc.string({ unit, maxLength: 40 }), { maxLength: 3 });
    fc.assert(
      fc.property(strings, fc.func(fc.nat(2)), fc.array(fc.nat(9000)), (list, way, cuts) => {
        let seen = 0;
        const text = JSON.stringify(list)
          .replaceAll('/', () => (way(seen++) ? '\\/' : '/'))
          .replace(/[é中]|[\ud800-\udfff]/g, (unit) =>
            // Half of a pair must not be written in the other form.
            /[é中]/.test(unit) && way(seen++) === 0
              ? unit
              : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
          );
        const { openString, text: received, strings: sinks } = recordingSinks();
        const tree = read(text, { cuts, openString }) as LongString[];
        list.forEach((string, index) => {
          expect(received(String(index))).toBe(string);
          expect(sinks.get(String(index))?.ended).toBe(true);
          expect(tree[index]?.byteLength).toBe(bytesOf(string).length);
          expect(string.startsWith(tree[index]?.head ?? '?')).toBe(true);
        });
      }),
    );
  });

  test('are asked for by path, never for keys', () => {
    const { openString, text, strings } = recordingSinks((path) => path.endsWith('b64_json'));
    const tree = readBytewise(
      '{"created":1,"data":[{"b64_json":"QUJD"},{"x":"y","b64_json":"\\/w=="}]}',
      {
        openString,
      },
    );
    expect([...strings.keys()]).toEqual(['data.0.b64_json', 'data.1.b64_json']);
    expect(text('data.1.b64_json')).toBe('/w==');
    expect(tree).toEqual({
      created: 1,
      data: [
        { b64_json: new LongString(4, 'QUJD') },
        { x: 'y', b64_json: new LongString(4, '/w==') },
      ],
    });
  });

  test('know the place of a string in arrays within arrays', () => {
    const { openString, strings } = recordingSinks();
    read('[[],["a",{"k":[1,"b"]}],"c"]', { openString });
    expect([...strings.keys()]).toEqual(['1.0', '1.1.k.1', '2']);
  });

  test('get many short runs in order', () => {
    const { openString, text } = recordingSinks();
    const runs = Array.from({ length: 5000 }, (_, index) => `${index}/`);
    runs.push('x'.repeat(600), '/', 'y'.repeat(500));
    read(`["${runs.join('').replaceAll('/', '\\/')}"]`, { openString });
    expect(text('0')).toBe(runs.join(''));
  });

  test('get the top string too, with an empty path', () => {
    const { openString, text } = recordingSinks();
    read('"abc"', { openString });
    expect(text('')).toBe('abc');
  });

  test('are not told of an end that did not come', () => {
    const { openString, strings } = recordingSinks();
    expect(() => read('["abc', { openString })).toThrow('the rest of a string');
    expect(strings.get('0')?.ended).toBe(false);
  });

  test('that throw end the reading for good', () => {
    const failing = () => ({
      write() {
        throw new RangeError('no');
      },
      end() {},
    });
    const reader = createJsonReader({ openString: failing });
    expect(() => reader.write(bytesOf('["a"]'))).toThrow(RangeError);
    expect(() => reader.write(bytesOf(' '))).toThrow(RangeError);
    expect(() => reader.end()).toThrow(RangeError);
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
    expect(errorOf(text)).toMatchObject({ message, offset });
    const bytes = bytesOf(text);
    expect(errorOf(bytes, { cuts: [...bytes.keys()] }).message).toBe(message);
  });

  test('come again at every later call', () => {
    const reader = createJsonReader();
    expect(() => reader.write(bytesOf('[1}'))).toThrow('byte 2');
    expect(() => reader.write(bytesOf(']'))).toThrow('byte 2');
    expect(() => reader.end()).toThrow('byte 2');
  });

  test('bad UTF-8 is refused in strings and keys that are kept, not in those that pass', () => {
    const bad = Uint8Array.of(0x5b, 0x22, 0xe4, 0xb8, 0x22, 0x5d);
    expect(errorOf(bad)).toMatchObject({ message: 'The string at byte 1 is not UTF-8', offset: 1 });
    expect(errorOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22)).offset).toBe(1);
    const { openString, strings } = recordingSinks();
    read(bad, { openString });
    expect(strings.get('0')?.bytes).toEqual([0xe4, 0xb8]);
  });

  test('a control character is found at every place of a long string', () => {
    for (let at = 0; at < 150; at++) {
      const text = `"${'x'.repeat(at)}\u001f${'x'.repeat(150)}"`;
      expect(errorOf(text).offset).toBe(at + 1);
    }
  });
});

describe('limits', () => {
  test('depth', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => read(nested(64))).not.toThrow();
    expect(errorOf(nested(65)).message).toBe('More than 64 levels of nesting at byte 64');
    expect(errorOf('{"a":{"b":1}}', { maxDepth: 1 }).offset).toBe(5);
    expect(() => read('[[],[],[]]', { maxDepth: 2 })).not.toThrow();
  });

  test('values of every kind', () => {
    expect(() => read('[1,"a",{},[],null]', { maxValues: 6 })).not.toThrow();
    expect(errorOf('[1,"a",{},[],null]', { maxValues: 5 })).toMatchObject({
      message: 'More than 5 values at byte 13',
      offset: 13,
    });
  });

  test('keys', () => {
    expect(() => read(`{"${'k'.repeat(1024)}":1}`)).not.toThrow();
    expect(errorOf(`{"${'k'.repeat(1025)}":1}`).message).toBe(
      'Key at byte 1 is longer than 1024 bytes',
    );
  });

  test('numbers', () => {
    expect(read(`[${'1'.repeat(64)}]`)).toEqual([Number('1'.repeat(64))]);
    expect(errorOf(`[${'1'.repeat(65)}]`).message).toBe('Number at byte 1 is longer than 64 bytes');
  });
});

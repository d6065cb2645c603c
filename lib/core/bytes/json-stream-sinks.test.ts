import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, read, readBytewise, recordingSinks } from './json-reading.setup';
import { createJsonReader, LongString } from './json-stream';

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

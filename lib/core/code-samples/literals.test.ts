import { describe, expect, it } from 'vitest';
import { jsonNotation, pythonNotation, typescriptNotation, writeLiteral } from './literals';
import { FileText, type SampleValue } from './sent-request';

const file = { name: 'cat.png', hash: 'a', type: 'image/png' };
const usual = { prefix: 'data:image/png;base64,', alphabet: 'base64', isPadded: true } as const;
const bare = { prefix: '', alphabet: 'base64url', isPadded: false } as const;
const long = (text: string) => text.repeat(60);

describe('writeLiteral', () => {
  it('writes JSON that reads as the value', () => {
    const value: SampleValue = {
      text: `"quoted" \\ \n 瓷 ${long('x')}`,
      list: [1, 2.5, true, false, null, [], {}, [long('a'), { b: long('b') }]],
      'not a name': {},
    };
    expect(JSON.parse(writeLiteral(value, jsonNotation))).toEqual(value);
  });

  it('stands in one line where it fits', () => {
    expect(writeLiteral({ a: [1, 2], b: { c: 'd' } }, jsonNotation)).toBe(
      '{"a": [1, 2], "b": {"c": "d"}}',
    );
    expect(writeLiteral([long('ab'), 1], jsonNotation, '  ')).toBe(
      `[\n    "${long('ab')}",\n    1\n  ]`,
    );
  });

  it('has the words and names of each language', () => {
    const value = { plain: true, 'not-plain': null };
    expect(writeLiteral(value, pythonNotation)).toBe('{"plain": True, "not-plain": None}');
    expect(writeLiteral(value, typescriptNotation)).toBe('{plain: true, "not-plain": null}');
  });

  it('reads a file where its base64 stands', () => {
    const text = new FileText(file, usual);
    expect(writeLiteral(text, pythonNotation)).toBe(
      'file_text("cat.png", "data:image/png;base64,")',
    );
    expect(writeLiteral(text, typescriptNotation)).toBe(
      'await fileText("cat.png", "data:image/png;base64,")',
    );
    expect(writeLiteral(new FileText(file, bare), pythonNotation)).toBe(
      'file_text("cat.png", "", True, False)',
    );
    expect(writeLiteral(text, jsonNotation)).toBe('"data:image/png;base64,<cat.png>"');
  });
});

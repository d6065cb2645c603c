import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCharacters } from '../validation';
import { emptyDefinition, type TableColumn } from './experiment';
import { findForeignSyntax } from './foreign-syntax';
import { countPrompts, type PromptTemplate, promptOf, promptTemplate } from './prompt-template';
import { printTemplate, readTemplate, type TemplatePart, takenAsText } from './template';
import { escapeText } from './template-tokens';

interface More {
  isText?: boolean;
  table?: TableColumn[];
  links?: string[][];
}

const read = (template: string, more: More = {}) =>
  promptTemplate({ ...emptyDefinition, template, ...more });

/** Every prompt of a template; the last variable changes fastest. */
function expand(template: PromptTemplate): string[] {
  const { groups, variables } = template;
  let chosen: Record<string, number>[] = [{}];
  for (const group of groups) {
    const length = variables.find(({ key }) => key === group[0])?.values.length ?? 0;
    chosen = chosen.flatMap((values) =>
      Array.from({ length }, (_, index) => ({
        ...values,
        ...Object.fromEntries(group.map((key) => [key, index])),
      })),
    );
  }
  return chosen.map((values) => promptOf(template, values));
}
const prompts = (template: string, more?: More) => expand(read(template, more));
const reasons = (template: string, more?: More) =>
  read(template, more).problems.map(({ reason }) => reason);

describe('a template stands for', () => {
  it.each([
    ['a tin', ['a tin']],
    ['a {red|blue} tin', ['a red tin', 'a blue tin']],
    ['{a|b}{c|d}', ['ac', 'ad', 'bc', 'bd']],
    ['{colour: red|blue} and {colour}', ['red and red', 'blue and blue']],
    ['{colour} and {colour: red|blue}', ['red and red', 'blue and blue']],
    ['{a {x|y}|b}', ['a x', 'a y', 'b']],
    ['{16:9|4:3} a|b: c', ['16:9 a|b: c', '4:3 a|b: c']],
    ['a {|very} big tin', ['a big tin', 'a very big tin']],
    ['{a {|b} c|d}', ['a c', 'a b c', 'd']],
    ['{ a | b }', ['a', 'b']],
    [
      '{tone: warm {hue}|cold} {hue: red|blue}',
      ['warm red red', 'warm blue blue', 'cold red', 'cold blue'],
    ],
    ['｛色：红｜蓝｝色', ['红色', '蓝色']],
    ['{hue: red|blue\\: pale}', ['red', 'blue: pale']],
    ['\\{a\\|b\\} c:\\d \\\\', ['{a|b} c:\\d \\']],
    ['{i\u0301: a|b}{í}', ['aa', 'bb']],
  ])('%s', (template, expected) => {
    expect(reasons(template)).toEqual([]);
    expect(prompts(template)).toEqual(expected);
  });

  it('one prompt, if the whole is text', () => {
    const json = '{"subject": "tin", "colours": ["red|blue"]}';
    expect(prompts(json, { isText: true })).toEqual([json]);
  });

  it('the rows of a table, whose columns change together', () => {
    const table = [
      { name: 'tea', values: ['oolong ', 'sencha'] },
      { name: 'land', values: ['China', 'Japan'] },
      { name: 'unused', values: ['a', 'b', 'c'] },
    ];
    expect(prompts('{tea} of {land}', { table })).toEqual(['oolong of China', 'sencha of Japan']);
    expect(reasons('{tea: a|b}', { table })).toEqual(['two_lists']);
    expect(reasons('{unused} {tea}', { table })).toEqual(['unequal_links']);
  });

  it('linked values, in whatever order the links were made', () => {
    const template = '{a: 1|2} {b: 3|4} {c: 5|6} {d: 7|8}';
    const expected = ['1 3 5 7', '1 3 5 8', '2 4 6 7', '2 4 6 8'];
    expect(
      prompts(template, {
        links: [
          ['a', 'b'],
          ['c', 'b', 'gone'],
        ],
      }),
    ).toEqual(expected);
    expect(
      prompts(template, {
        links: [
          ['b', 'c'],
          ['c', 'a'],
        ],
      }),
    ).toEqual(expected);
  });
});

describe('a problem', () => {
  const deep = '{a|{b|{c|{d|{e|{f|g}}}}}}';
  it.each([
    ['a {b|c', 'unclosed', '{'],
    ['a b} c', 'unopened', '}'],
    ['a {b c} d', 'one_option', '{b c}'],
    ['a {} d', 'one_option', '{}'],
    ['a {b} d', 'unknown_name', '{b}'],
    ['{b: c|d} {b: c|e}', 'two_lists', '{b: c|e}'],
    ['{a|{b: c|d}}', 'named_inside', '{b: c|d}'],
    ['{red: bold|blue: calm}', 'ambiguous_name', '{red: bold|blue: calm}'],
    ['｛红色：热情｜蓝色：冷静｝', 'ambiguous_name', '｛红色：热情｜蓝色：冷静｝'],
    ['{a: {b}|c} {b: {a}|d}', 'circular', '{a: {b}|c}'],
    [deep, 'too_deep', '{f|g}'],
    ['{name: a|b}: c', undefined, ''],
  ])('%s', (template, reason, place) => {
    const [problem] = read(template).problems;
    expect(problem?.reason).toBe(reason);
    expect(problem ? template.slice(problem.start, problem.end) : '').toBe(place);
  });

  it('is a count beyond what can be compared', () => {
    const list = (count: number) => Array.from({ length: count }, (_, index) => index).join('|');
    expect(reasons(`{${list(100)}}`)).toEqual([]);
    expect(reasons(`{${list(101)}}`)).toEqual(['too_many_values']);
    expect(reasons(`{a {${list(11)}} {${list(10)}}|b}`)).toEqual(['too_many_values']);
    expect(reasons('{a|b}'.repeat(20))).toEqual([]);
    expect(reasons('{a|b}'.repeat(21))).toEqual(['too_many_variables']);
    expect(reasons(' '.repeat(200_001))).toEqual(['too_long']);
  });

  it('is a prompt that grows with each repetition of a repetition', () => {
    const names = [...'abcdefghijklmnopqrst'];
    const growing = names.map((name, index) => {
      const last = names[index - 1];
      return last ? `{${name}: {${last}}{${last}}{${last}}|x}` : `{${name}: xxxx|y}`;
    });
    expect(reasons(growing.join(''))).toEqual(['too_long']);
  });

  it('goes away where it is taken as text, and the signs stay', () => {
    expect(takenAsText('{red: a|blue: b}', { signs: [4, 12] })).toBe('{red\\: a|blue\\: b}');
    const mended = (template: string) => {
      let text = template;
      for (let step = 0; step < 99; step++) {
        const next = read(text).problems.find(({ signs }) => signs.length > 0);
        if (!next) break;
        text = takenAsText(text, next);
      }
      return text;
    };
    expect(prompts(mended('{"a": {"b": "c:d"}} {e|f'))).toEqual(['{"a": {"b": "c:d"}} {e|f']);
    fc.assert(
      fc.property(signText, (template) => {
        const left = read(mended(template)).problems;
        expect(left.filter(({ signs }) => signs.length > 0)).toEqual([]);
      }),
    );
  });
});

const signText = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '|',
      ':',
      '\\',
      '｛',
      '｝',
      '｜',
      '：',
      'a',
      'b',
      ' ',
      '\ud83d',
      '\ude00',
      '😀',
    ),
    { maxLength: 40 },
  )
  .map((signs) => signs.join(''));
const anyText = fc.oneof(signText, fc.string({ unit: 'binary' }), fc.string());

describe('whatever is written', () => {
  it('escaped, it stands for itself alone', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(reasons(escapeText(text))).toEqual([]);
        expect(prompts(escapeText(text))).toEqual([text]);
      }),
    );
    expect(prompts(escapeText('\ud800{\udc00'))).toEqual(['\ud800{\udc00']);
  });

  it('printed, it reads the same', () => {
    const plain = (parts: readonly TemplatePart[]) =>
      JSON.stringify(parts, (key, value) => (key === 'start' || key === 'end' ? undefined : value));
    fc.assert(
      fc.property(anyText, (text) => {
        const { parts } = readTemplate(text);
        const again = readTemplate(printTemplate(parts));
        expect(again.problems).toEqual([]);
        expect(plain(again.parts)).toBe(plain(parts));
      }),
      { numRuns: 500 },
    );
  });

  it('in full width signs, it stands for the same', () => {
    const wide: Record<string, string> = { '{': '｛', '}': '｝', '|': '｜', ':': '：' };
    const group = fc
      .array(fc.constantFrom('a', 'b c', '', '{d|e}', '4\\:3'), { minLength: 2, maxLength: 4 })
      .map((options) => `{${options.join('|')}}`);
    const named = fc
      .tuple(fc.constantFrom('m', 'n'), group)
      .map(([name, text]) => text.replace('{', `{${name}: `));
    const template = fc.array(fc.oneof(group, named, fc.constantFrom(' x ', '\\{')), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(template, (parts) => {
        const ascii = parts.join('');
        // Escaped signs stay as they are: they stand for themselves.
        const full = ascii.replace(/\\.|[{}|:]/g, (sign) => wide[sign] ?? sign);
        expect(reasons(full)).toEqual(reasons(ascii));
        expect(prompts(full)).toEqual(prompts(ascii));
      }),
    );
  });

  it('it has as many prompts as its variables multiply to', () => {
    const option = fc.constantFrom('a', '', 'b {c|d} e', '{x|y|{z|w}}', '{f|g}{h|i}');
    const group = fc
      .array(option, { minLength: 2, maxLength: 3 })
      .map((options) => `{${options.join('|')}}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(group, fc.constant(' k ')), { maxLength: 3 }), (parts) => {
        const template = read(parts.join(''));
        expect(expand(template)).toHaveLength(countPrompts(template));
      }),
    );
  });

  it('no place cuts a character in two', () => {
    fc.assert(
      fc.property(signText, (text) => {
        const { problems, marks } = read(text);
        for (const { start, end } of [...problems, ...marks, ...findForeignSyntax(text)]) {
          const [before, after] = [text.slice(0, start), text.slice(start)];
          expect(countCharacters(before) + countCharacters(after)).toBe(countCharacters(text));
          expect(start).toBeLessThanOrEqual(end);
        }
      }),
    );
  });

  it('32,000 signs in a row are read', () => {
    for (const sign of ['{', '}', '|', ':', '\\', '{|', '{a|', '{a:', '1', '_', '$', '{}']) {
      const text = sign.repeat(32_000);
      expect(read(text).problems.length).toBeLessThanOrEqual(20 + 1);
      findForeignSyntax(text);
    }
    const nested = `${'{a|'.repeat(16_000)}b${'}'.repeat(16_000)}`;
    expect(reasons(nested)).toEqual(['too_deep']);
  });
});

it('the syntax of other programs is noticed', () => {
  const found = (text: string) => findForeignSyntax(text).map(({ kind }) => kind);
  expect(found('a {0.5::red|2::blue} __colour/warm__ {2$$a|b} $' + '{x}')).toEqual([
    'weight',
    'weight',
    'wildcard',
    'several',
    'assignment',
  ]);
  expect(found('costs $5, 16:9, snake_case, std::vector')).toEqual([]);
});

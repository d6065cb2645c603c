import { describe, expect, it } from 'vitest';
import { createMarkdownReader, safeHref, withoutEntities } from './markdown-blocks';

const text = `# Dog

A *good* dog & friend.

- one
- two

  still two

| a | b |
|---|---|
| 1 | 2 |

\`\`\`js
const html = '<b>';

// a gap in it
\`\`\`

<script>alert(1)</script>

The end.`;

const types = (blocks: ReturnType<ReturnType<typeof createMarkdownReader>>) =>
  blocks.map(({ token }) => token.type);

const nested = (marker: string, levels: number) => `${marker.repeat(levels)}end`;
const indented = (levels: number) =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(level * 2)}- item`).join('\n');

describe('a text that costs more than it can be worth', () => {
  it.each([
    ['3,000 nested quotes', nested('>', 3000)],
    ['6,000 nested quotes', nested('> ', 6000)],
    ['6,000 nested list items', nested('- ', 6000)],
    ['6,000 nested numbers', nested('1. ', 6000)],
    ['1,000 indented list items', indented(1000)],
    ['80 kB of emphasis', '_a_b'.repeat(20_000)],
  ])('is read as it is written: %s', (_, costly) => {
    const [first, ...others] = createMarkdownReader()(costly);
    expect(others).toEqual([]);
    expect(first?.token).toMatchObject({ type: 'html', raw: costly });
  });

  it.each([
    ['blockquote', nested('> ', 12)],
    ['list', indented(12)],
    ['hr', '-'.repeat(200)],
    ['list', '- **one** of _many_\n'.repeat(2000)],
    ['code', '`'.repeat(400_000)],
    ['code', `\`\`\`\n${'a_b * c_d\n'.repeat(5000)}\`\`\``],
    ['table', `| a | b |\n|---|---|\n${'| **a** | _b_ |\n'.repeat(2000)}`],
  ])('is an ordinary %s otherwise', (type, ordinary) => {
    expect(types(createMarkdownReader()(ordinary))).toEqual([type]);
  });
});

describe('createMarkdownReader', () => {
  it('reads the blocks of a text', () => {
    const read = createMarkdownReader();
    expect(types(read(text))).toEqual([
      'heading',
      'paragraph',
      'list',
      'table',
      'code',
      'html',
      'paragraph',
    ]);
  });

  it.each([1, 2, 3, 7, 40])('comes to the same in pieces of %i characters', (step) => {
    const whole = createMarkdownReader()(text);
    const read = createMarkdownReader();
    for (let end = 0; end < text.length; end += step) read(text.slice(0, end));
    expect(read(text)).toEqual(whole);
  });

  it('counts lines as it should, however they end', () => {
    const read = createMarkdownReader();
    read('One.\r\n\r\nTwo.\r');
    expect(read('One.\r\n\r\nTwo.\r\n\r\n- three')).toEqual(
      createMarkdownReader()('One.\n\nTwo.\n\n- three'),
    );
  });

  it('keeps the blocks that are over as the objects they were', () => {
    const read = createMarkdownReader();
    const before = read('One.\n\nTwo.\n\nThr');
    const after = read('One.\n\nTwo.\n\nThree.\n\nFour.');
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after).toHaveLength(4);
  });

  it('keeps them also where a page shows an older state of the text once more', () => {
    const read = createMarkdownReader();
    const before = read('One.\n\nTwo.\n\nThree');
    expect(read('One.\n\nTwo.\n\nThr')[1]).toBe(before[1]);
    expect(read('One.\n\nTwo.\n\nThree.')[1]).toBe(before[1]);
  });

  it('starts anew with another text', () => {
    const read = createMarkdownReader();
    read('One.\n\nTwo.');
    expect(read('- other')).toEqual(createMarkdownReader()('- other'));
    expect(read('')).toEqual([]);
  });
});

describe('safeHref', () => {
  it.each(['https://a.example/x', 'http://a.example', ' mailto:a@b.example'])(
    'takes %s',
    (href) => {
      expect(safeHref(href)).toBe(href.trim());
    },
  );
  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//host/path',
    '/api/runs',
    'https://',
    '',
  ])('refuses %j', (href) => {
    expect(safeHref(href)).toBeUndefined();
  });
});

it('reads the entities that are written most, and leaves the others', () => {
  expect(withoutEntities('a &amp; b &lt;c&gt; &#20320; &nope; &toString; &#9999999;')).toBe(
    'a & b <c> 你 &nope; &toString; &#9999999;',
  );
});

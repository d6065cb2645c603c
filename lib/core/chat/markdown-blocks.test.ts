import { describe, expect, it } from 'vitest';
import {
  createMarkdownReader,
  type MarkdownBlock,
  safeHref,
  withoutEntities,
} from './markdown-blocks';

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

/** The blocks of a whole text, however many calls that takes. */
function readAll(text: string, read = createMarkdownReader()): readonly MarkdownBlock[] {
  for (;;) {
    const { blocks, isWhole } = read(text);
    if (isWhole) return blocks;
  }
}

const types = (blocks: readonly MarkdownBlock[]) => blocks.map(({ pieces }) => pieces[0]?.type);
const rawOf = (blocks: readonly MarkdownBlock[]) =>
  blocks.flatMap(({ pieces }) => pieces.map(({ raw }) => raw)).join('');

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
    const blocks = readAll(costly);
    expect(types(blocks)[0]).toBe('html');
    expect(types(blocks)).not.toContain('list');
    expect(rawOf(blocks)).toBe(costly);
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
    expect(types(readAll(ordinary))).toEqual([type]);
  });
});

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

describe('createMarkdownReader', () => {
  it('reads the blocks of a text', () => {
    expect(types(readAll(text))).toEqual([
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
    const read = createMarkdownReader();
    for (let end = 0; end < text.length; end += step) read(text.slice(0, end));
    expect(readAll(text, read)).toEqual(readAll(text));
  });

  it('counts lines as it should, however they end', () => {
    const read = createMarkdownReader();
    read('One.\r\n\r\nTwo.\r');
    expect(readAll('One.\r\n\r\nTwo.\r\n\r\n- three', read)).toEqual(
      readAll('One.\n\nTwo.\n\n- three'),
    );
  });

  it('keeps the blocks that are over as the objects they were', () => {
    const read = createMarkdownReader();
    const before = readAll('One.\n\nTwo.\n\nThr', read);
    const after = readAll('One.\n\nTwo.\n\nThree.\n\nFour.', read);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after).toHaveLength(4);
  });

  it('keeps them also where a page shows an older state of the text once more', () => {
    const read = createMarkdownReader();
    const before = readAll('One.\n\nTwo.\n\nThree', read);
    expect(readAll('One.\n\nTwo.\n\nThr', read)[1]).toBe(before[1]);
    expect(readAll('One.\n\nTwo.\n\nThree.', read)[1]).toBe(before[1]);
  });

  it('starts anew with another text', () => {
    const read = createMarkdownReader();
    readAll('One.\n\nTwo.', read);
    expect(readAll('- other', read)).toEqual(readAll('- other'));
    expect(readAll('', read)).toEqual([]);
  });
});

describe('a block that is longer than what is read at once', () => {
  const rows = many(3000, (row) => `| ${row} | some **words** |\n`);
  const code = many(4000, (line) => `const a${line} = '| - > #';\n`);
  const cases = [
    ['paragraph', many(9000, (word) => `word${word} and 1. `)],
    ['paragraph', '字'.repeat(60_000)],
    ['paragraph', '🐕'.repeat(20_001)],
    ['list', many(3000, (item) => `- item ${item} of the list\n`)],
    ['list', `- top\n${many(3000, (item) => `  - item ${item} below it\n`)}`],
    ['table', `| a | b |\n|---|---|\n${rows}`],
    ['code', `\`\`\`ts\n${code}\`\`\`\n`],
    ['code', `~~~\n${'x'.repeat(50_000)}\n~~~\n`],
    ['code', many(3000, (line) => `    indented ${line}\n`)],
    ['blockquote', many(3000, (line) => `> line ${line} of it\n`)],
    ['blockquote', `> ${'word '.repeat(9000)}`],
    ['html', many(3000, (line) => `<p class="a${line}">\n`)],
  ] as const;

  it.each(cases)('is one %s in pieces, with what stands behind it', (type, long) => {
    const blocks = readAll(`Before.\n\n${long}\n\n# After`);
    expect(types(blocks)).toEqual(['paragraph', type, 'heading']);
    const [, { pieces = [] } = {}] = blocks;
    expect(pieces.length).toBeGreaterThan(2);
    for (const { raw } of pieces) expect(raw.length).toBeLessThan(9000);
  });

  it.each(cases)('is a %s that comes to the same as it streams in', (_, long) => {
    const read = createMarkdownReader();
    for (let end = 0; end < long.length; end += 5000) read(long.slice(0, end));
    expect(rawOf(readAll(long, read)) === rawOf(readAll(long))).toBe(true);
  });

  it('loses nothing of it, and reads its pieces once', () => {
    const read = createMarkdownReader();
    const list = many(3000, (item) => `- item ${item} of the list\n`);
    const before = readAll(list, read)[0]?.pieces;
    const after = readAll(`${list}- one more`, read)[0]?.pieces;
    expect(after?.[0]).toBe(before?.[0]);
    expect(rawOf(readAll(list))).toBe(list);
    const [table] = readAll(`| a | b |\n|---|---|\n${rows}`);
    expect(table?.pieces.flatMap((piece) => ('rows' in piece ? piece.rows : []))).toHaveLength(
      3000,
    );
    const [block] = readAll(`\`\`\`ts\n${code}\`\`\`\n`);
    const lines = block?.pieces.map((piece) => `${'text' in piece ? piece.text : ''}\n`);
    expect(lines?.join('')).toBe(code);
  });

  it('reads no more than a stretch at each call', () => {
    const read = createMarkdownReader();
    const first = read(many(9000, (word) => `word${word} and `));
    expect(first.isWhole).toBe(false);
    expect(rawOf(first.blocks).length).toBeLessThan(9000);
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

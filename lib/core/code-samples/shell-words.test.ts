import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWord } from './shell-words';

/** What bash makes of words. */
function asBashReads(words: string[]): string[] {
  const script = `printf '%s\\0' ${words.join(' ')}`;
  const options = { input: script, maxBuffer: 1e8 };
  return execFileSync('bash', options).toString().split('\0').slice(0, -1);
}

describe('shellWord', () => {
  it('is read by bash as the text itself', () => {
    const texts = [
      '',
      '@file',
      "it's",
      '$HOME `id` $(id) !! \\n *',
      'two\nlines',
      "tab\t, escape \x1b[1m, CR\r and 'quote' \\ 7\x017",
      '瓷👩🏽‍🎨',
      '瓷'.repeat(32_000),
    ];
    const more = fc.sample(fc.string({ unit: 'grapheme', maxLength: 40 }), 300);
    const ascii = fc.sample(fc.string({ unit: 'binary-ascii', maxLength: 40 }), 300);
    const all = [...texts, ...more, ...ascii].map((text) => text.replaceAll('\0', ''));
    expect(asBashReads(all.map(shellWord))).toEqual(all);
  });

  it('has no character that a terminal acts on when it is pasted', () => {
    expect(shellWord('a\tb\rc\x1bd\x7f')).toBe("$'a\\x09b\\x0dc\\x1bd\\x7f'");
  });

  it('leaves line breaks as they are where nothing else is risky', () => {
    expect(shellWord('one\ntwo')).toBe("'one\ntwo'");
  });
});

import { describe, expect, it } from 'vitest';
import { readName } from './caller-name';

describe('a name', () => {
  it.each([
    ['Ann', 'Ann'],
    ['  Ann Lee \n', 'Ann Lee'],
    ['李小明', '李小明'],
    ['O\u2019Neill', 'O\u2019Neill'],
    ['👩\u200d🎨', '👩\u200d🎨'],
    ['😀'.repeat(64), '😀'.repeat(64)],
  ])('%j is taken as %j', (text, name) => {
    expect(readName(text)).toEqual({ name });
  });

  it.each([
    ['', 'empty'],
    [' \t ', 'empty'],
    ['a'.repeat(65), 'too_long'],
    ['Ann\r\nX-Evil: 1', 'control'],
    ['Ann\u0000', 'control'],
    ['Ann\u2028Lee', 'control'],
    ['Ann\u202eLee', 'control'],
    ['Ann\ud800', 'control'],
  ])('%j is refused: %s', (text, problem) => {
    expect(readName(text)).toEqual({ problem });
  });
});

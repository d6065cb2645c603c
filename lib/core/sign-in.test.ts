import { describe, expect, it } from 'vitest';
import { readName, readReturnPath } from './sign-in';

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

describe('the way back after the sign-in', () => {
  it.each(['/', '/edit', '/chat?a=1#b', '/edit?to=https://evil.test', '/a//b'])(
    '%j is followed',
    (path) => {
      expect(readReturnPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    ['/edit', '/chat'],
    '',
    'edit',
    'https://evil.test/',
    '//evil.test/',
    '///evil.test/',
    '/\\evil.test/',
    '\\\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/.//evil.test',
    '/..//evil.test',
    '/%2e%2e//evil.test',
    'javascript:alert(1)',
    ' /edit',
    '/sign-in',
    '/sign-in?to=/edit',
    '/api/auth/logout',
    'http:',
    '/\\',
  ])('%j leads to the first page', (text) => {
    expect(readReturnPath(text)).toBe('/');
  });
});

import { describe, expect, it } from 'vitest';
import { readReturnPath } from './return-path';

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

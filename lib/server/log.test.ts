import { expect, it } from 'vitest';
import { escapeControls } from './log';

it('a line of the log has no control characters, and says the same', () => {
  const name = 'a\u007f\u0080\u009bz\u2028\u2029ü€😀';
  const line = escapeControls(JSON.stringify({ name }));
  expect(line).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029]/u);
  expect(line).toContain('\\u009bz');
  expect(JSON.parse(line)).toEqual({ name });
});

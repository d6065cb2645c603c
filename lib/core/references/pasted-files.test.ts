import { expect, it } from 'vitest';
import { takesPastedFiles } from './pasted-files';

it.each([
  ['nothing', [], '', false, false],
  ['text', [], 'hello', true, false],
  ['a picture', ['image.png'], '', true, true],
  ['a picture of copied text, where text can be typed', ['image.png'], 'Q1 Q2', true, false],
  ['a picture of copied text, anywhere else', ['image.png'], 'Q1 Q2', false, true],
  ['files with their names', ['a.png', 'b.png'], 'a.png\nb.png', true, true],
  ['files with their paths', ['a.png', 'b.png'], '/home/a.png\r\n/home/b.png\r\n', true, true],
] as const)('%s', (_, fileNames, text, isTextField, isTaken) => {
  expect(takesPastedFiles(fileNames, text, isTextField)).toBe(isTaken);
});

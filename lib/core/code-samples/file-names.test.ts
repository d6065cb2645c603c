import { describe, expect, it } from 'vitest';
import { createFileNames } from './file-names';

describe('createFileNames', () => {
  it('keeps a plain name, once', () => {
    const name = createFileNames();
    expect(name('a', 'cat.png', 'png')).toBe('cat.png');
    expect(name('b', 'Cat.PNG', 'png')).toBe('input-2.png');
    expect(name('a', 'dog.png', 'png')).toBe('cat.png');
  });

  it.each([
    ['a shell', '$(id).png'],
    ['curl', 'a;type=x.png'],
    ['a path', '../a.png'],
    ['an option', '-a.png'],
    ['what the sample writes', 'picture-1.png'],
    ['what the sample writes', 'answer.json'],
    ['the sample itself', 'request.py'],
    ['another script', '猫.png'],
    ['nothing', ''],
  ])('gives a number to what %s could take for something else: %s', (_, own) => {
    expect(createFileNames()('a', own, 'jpeg')).toBe('input-1.jpg');
  });
});

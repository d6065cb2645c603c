import { expect, it } from 'vitest';
import { convertedName } from './converted-name';

it.each([
  ['photo.webp', 'png', 'photo.png'],
  ['a.b.PNG', 'jpeg', 'a.b.jpg'],
  ['橘猫', 'png', '橘猫.png'],
  ['', 'png', 'picture.png'],
  ['.avif', 'png', 'picture.png'],
] as const)('%j as %s', (name, to, converted) => {
  expect(convertedName(name, to)).toBe(converted);
});

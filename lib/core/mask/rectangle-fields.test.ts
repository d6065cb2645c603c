import { describe, expect, it } from 'vitest';
import { rectangleOf } from './rectangle-fields';

const picture = { width: 400, height: 300 };
const fields = (left: string, top: string, width: string, height: string) =>
  rectangleOf({ left, top, width, height }, picture);

describe('a rectangle by fields', () => {
  it('is what is written', () => {
    expect(fields('10', '20', '390', '280')).toEqual({
      left: 10,
      top: 20,
      width: 390,
      height: 280,
    });
  });

  it('is none if something is missing, no whole number, or outside the picture', () => {
    expect(fields('', '0', '10', '10')).toBeNull();
    expect(fields('1.5', '0', '10', '10')).toBeNull();
    expect(fields('-1', '0', '10', '10')).toBeNull();
    expect(fields('0', '0', '0', '10')).toBeNull();
    expect(fields('0', '0', '10', '0')).toBeNull();
    expect(fields('11', '0', '390', '10')).toBeNull();
    expect(fields('0', '21', '10', '280')).toBeNull();
  });
});

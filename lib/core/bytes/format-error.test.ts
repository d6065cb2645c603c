import { expect, it } from 'vitest';
import { ApiError } from '../api-error';
import { FormatError, formatErrorsAs } from './format-error';

const checked = formatErrorsAs(
  (message) => new ApiError({ code: 'invalid_json', message: `Not valid: ${message}` }),
);

it('turns what is malformed into the error of the caller', () => {
  const step = () => checked(() => unreadable(new FormatError('a comma at byte 3', 3)));
  expect(step).toThrow(expect.objectContaining({ message: 'Not valid: a comma at byte 3' }));
});

it('lets results and other errors through', () => {
  expect(checked(() => 7)).toBe(7);
  expect(() => checked(() => unreadable(new RangeError('no memory')))).toThrow(RangeError);
});

function unreadable(error: Error): never {
  throw error;
}

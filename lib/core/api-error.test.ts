import { describe, expect, it, vi } from 'vitest';
import { ApiError, pageWords } from './api-error';

it('an error of another copy of the module is an ApiError too', async () => {
  vi.resetModules();
  const copy = await import('./api-error');
  expect(copy.ApiError).not.toBe(ApiError);
  expect(new copy.ApiError({ code: 'run_gone', message: 'm' })).toBeInstanceOf(ApiError);
  for (const other of [new Error('m'), {}, null, 'run_gone']) {
    expect(other instanceof ApiError).toBe(false);
  }
});

it('an error is not taken for one of a subclass', () => {
  class Special extends ApiError {}
  const options = { code: 'run_gone', message: 'm' } as const;
  expect(new Special(options)).toBeInstanceOf(ApiError);
  expect(new Special(options)).toBeInstanceOf(Special);
  expect(new ApiError(options) instanceof Special).toBe(false);
});

describe('the words of a page', () => {
  it.each([
    ['<html><body><h1>502</h1>\n<hr>nginx</body></html>', '502 nginx'],
    ['<style>b{}</style><script>alert("1")</script><b>Sorry</b>', 'Sorry'],
    ['<STYLE>\nx</STYLE>a', 'a'],
    ['plain  text', 'plain text'],
    ['', ''],
  ])('%j are %j', (html, words) => {
    expect(pageWords(html)).toBe(words);
  });
});

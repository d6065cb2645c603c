import { describe, expect, it } from 'vitest';
import { pageWords } from './page-words';

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

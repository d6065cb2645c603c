import { describe, expect, it } from 'vitest';
import { createElidedText } from './elided-text';

function elided(text: string, chunkBytes = Number.POSITIVE_INFINITY): string {
  const bytes = new TextEncoder().encode(text);
  const kept = createElidedText();
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    kept.write(bytes.subarray(at, Math.min(bytes.length, at + chunkBytes)));
  }
  return kept.end();
}

const base64 = 'iVBORw0KGgo+/'.repeat(1000);

describe('createElidedText', () => {
  it('leaves base64 out and everything else as it came, wherever it is cut', () => {
    const text = `{"data": [{"b64_json": "${base64}"}], "usage": {"total": 3}, "瓷": "a b"}`;
    const expected = text.replace(base64, `${base64.slice(0, 32)}<12968 characters>`);
    for (const chunkBytes of [1, 7, 1000, 1e6]) expect(elided(text, chunkBytes)).toBe(expected);
  });

  it('knows base64 with escaped slashes, and the URL before it', () => {
    const url = `data:image/png;base64,${base64.replaceAll('/', '\\/')}`;
    const text = elided(`{"url":"${url}"}`);
    expect(text).toMatch(/^\{"url":"data:image\/png;base64,iVBOR.{27}<\d+ characters>"\}$/);
  });

  it('keeps hashes, ids and long words', () => {
    const text = `${'a'.repeat(255)} ${'0123456789abcdef'.repeat(4)}`;
    expect(elided(text)).toBe(text);
  });

  it('keeps the start and the end of a long text', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index}\n`).join('');
    const text = elided(lines);
    expect(text.length).toBeLessThan(17 * 1024);
    expect(text).toMatch(/^line 0\nline 1\n/);
    expect(text).toMatch(/<\d+ bytes>/);
    expect(text.endsWith('line 9999\n')).toBe(true);
  });
});

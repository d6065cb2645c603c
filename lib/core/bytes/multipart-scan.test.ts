import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf } from './media-type';
import { createMultipartScanner } from './multipart-scan';

const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

interface Read {
  parts: { name: string; isFile: boolean; body: string }[];
  passed: string;
}

function scan(chunks: Uint8Array[], boundary = 'B'): Read {
  const parts: Read['parts'] = [];
  let body = '';
  let header = { name: '', isFile: false };
  const scanner = createMultipartScanner(boundary, {
    open: (opened) => {
      header = opened;
      body = '';
    },
    data: (slice) => {
      body += text(slice);
    },
    close: () => parts.push({ ...header, body }),
  });
  const passed = chunks.map((chunk) => text(scanner.write(chunk.slice()))).join('');
  scanner.end();
  return { parts, passed };
}

const part = (disposition: string, body: string, more = '') =>
  `--B\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${body}\r\n`;
const whole = (...parts: string[]) => latin(`${parts.join('')}--B--\r\n`);

describe('createMultipartScanner', () => {
  const body = whole(
    part('name="model"', 'm'),
    part('name="image[]"; filename="a.png"', '\r\n--\r\r\n--A\r\n-', 'Content-Type: image/png\r\n'),
    part('name="empty"; filename="b.png"', ''),
  );

  it('gives the same parts and bytes however the body is cut', () => {
    const expected = {
      parts: [
        { name: 'model', isFile: false, body: 'm' },
        { name: 'image[]', isFile: true, body: '\r\n--\r\r\n--A\r\n-' },
        { name: 'empty', isFile: true, body: '' },
      ],
      passed: text(body),
    };
    expect(scan([body])).toEqual(expected);
    expect(scan(Array.from(body, (byte) => Uint8Array.of(byte)))).toEqual(expected);
    for (let cut = 0; cut <= body.length; cut++) {
      expect(scan([body.slice(0, cut), body.slice(cut)])).toEqual(expected);
    }
  });

  it('is not misled by what is nearly its boundary', () => {
    const boundary = 'B-BB-B';
    const near = fc.array(fc.constantFrom('\r', '\n', '-', 'B', '\r\n--B-BB'), { maxLength: 40 });
    const cuts = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(near, cuts, (letters, size) => {
        const file = letters.join('');
        fc.pre(!`${file}\r\n`.includes(`--${boundary}`));
        const raw = latin(
          `--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n` +
            `${file}\r\n--${boundary}--\r\n`,
        );
        const chunks = [];
        for (let at = 0; at < raw.length; at += size) chunks.push(raw.slice(at, at + size));
        expect(scan(chunks, boundary).parts).toEqual([{ name: 'image', isFile: true, body: file }]);
      }),
      { numRuns: 500 },
    );
  });

  it('reads what FormData writes', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    const cuts = fc.integer({ min: 1, max: 97 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.string(), cuts, async (file, value, size) => {
        const form = new FormData();
        form.append('prompt', value);
        form.append('image', new Blob([file as BlobPart]), '猫.png');
        const sent = new Response(form);
        const raw = new Uint8Array(await sent.clone().arrayBuffer());
        const boundary = boundaryOf(sent.headers.get('content-type') ?? '') ?? '';
        const chunks = [];
        for (let at = 0; at < raw.length; at += size) chunks.push(raw.slice(at, at + size));
        const { parts, passed } = scan(chunks, boundary);
        expect(passed).toBe(text(raw));
        expect(parts.map(({ name, isFile }) => ({ name, isFile }))).toEqual([
          { name: 'prompt', isFile: false },
          { name: 'image', isFile: true },
        ]);
        expect(parts[1]?.body).toBe(text(file));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['filename="../../etc/passwd"', 'filename=".._.._etc_passwd"'],
    ['filename="C:\\temp\\a.png"', 'filename="C__temp_a.png"'],
    ['filename="a\\"b.png"', 'filename="a__b.png"'],
    ['filename="a\u0001\u007fb.png"', 'filename="a__b.png"'],
    ['filename=".."', 'filename="__"'],
    ["filename*=UTF-8''%2e%2e%2fa.png", 'filename="UTF-8__2e_2e_2fa.png"'],
    [
      'filename="a.png"; filename*=utf-8\'en\'%2e%2e%2fa.png',
      'filename="a.png"; filename*=utf-8\'en\'_2e_2e_2fa.png',
    ],
    ['filename="\u00e9.png"', 'filename="_.png"'],
    ['filename="a; name=user"', 'filename="a_ name_user"'],
    ['filename="\u00e2\u0080\u00a8\u00c2\u0085"', 'filename="_____"'],
    ['filename=a|b.png', 'filename=a_b.png'],
    ['filename="\u00e7\u008c\u00ab.png"', 'filename="\u00e7\u008c\u00ab.png"'],
  ])('makes %s harmless in place', (sent, passed) => {
    const file = whole(part(`name="image"; ${sent}`, 'x'));
    const read = scan(Array.from(file, (byte) => Uint8Array.of(byte)));
    expect(read.passed).toBe(text(whole(part(`name="image"; ${passed}`, 'x'))));
    expect(read.parts).toEqual([{ name: 'image', isFile: true, body: 'x' }]);
  });

  it.each([
    ['a preamble', latin(`hello\r\n${text(whole(part('name="a"', 'b')))}`)],
    ['an epilogue', latin(`${text(whole(part('name="a"', 'b')))}more`)],
    ['no end', latin(part('name="a"', 'b'))],
    ['an empty body', new Uint8Array(0)],
    ['a part without a name', whole(part('filename="x"', 'b'))],
    ['two names', whole(part('name="a"; name="b"', 'b'))],
    [
      'two dispositions',
      whole(part('name="a"', 'b', 'Content-Disposition: form-data; name="c"\r\n')),
    ],
    ['base64 parts', whole(part('name="a"', 'b', 'Content-Transfer-Encoding: base64\r\n'))],
    ['a strange name', whole(part('name="a b<script>"', 'b'))],
    ['a header without colon', whole(part('name="a"', 'b', 'nonsense\r\n'))],
    ['an endless header', whole(part('name="a"', 'b', `X: ${'y'.repeat(9000)}\r\n`))],
    ['its boundary in the middle of a line', whole(part('name="a"', 'b--B'))],
    ['its boundary at the start of a part', whole(part('name="a"', '--B'))],
    ['its boundary after half a line break', whole(part('name="a"', 'b\n--B\r\n'))],
    ['something after a disposition', whole(part('name="a" evil', 'b'))],
  ])('refuses %s', (_, bytes) => {
    expect(() => scan(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toThrow(
      /body|part|boundary/,
    );
  });

  it('keeps no more than a header back', () => {
    const scanner = createMultipartScanner('B', { open() {}, data() {}, close() {} });
    const start = latin(part('name="image"; filename="a"', '').slice(0, -2));
    expect(scanner.write(start).length).toBe(start.length);
    const noise = new Uint8Array(100_000).fill(13);
    expect(scanner.write(noise).length).toBeGreaterThan(noise.length - 8);
  });
});

import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSseScanner } from './sse-scan';

/** What a scanner tells of a stream cut at the given places. */
function scan(stream: string | Uint8Array, cuts: readonly number[] = []) {
  const bytes = typeof stream === 'string' ? new TextEncoder().encode(stream) : stream;
  const events: string[] = [];
  let data: number[] = [];
  let comments = 0;
  const scanner = createSseScanner({
    data: (slice) => {
      expect(slice.length).toBeGreaterThan(0);
      data.push(...slice);
    },
    dispatch: () => {
      events.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(data)));
      data = [];
    },
    comment: () => comments++,
  });
  let from = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    scanner.write(bytes.slice(from, cut));
    from = Math.max(from, cut);
  }
  return { events, comments, ...scanner.end(), lines: scanner.lines };
}

/** The same, told by eventsource-parser. */
function oracle(stream: string) {
  const events: string[] = [];
  let comments = 0;
  const parser = createParser({
    onEvent: ({ data }) => events.push(data),
    onComment: () => comments++,
  });
  // It waits for what follows a CR at the end.
  parser.feed(stream.endsWith('\r') ? `${stream}\n` : stream);
  return { events, comments };
}

const piece = fc.constantFrom(
  ...['data', 'data:', 'data: ', 'data:  ', 'dat', 'event: x', 'id', 'retry: 1', 'datum: y', ':'],
  ...[
    ': ping',
    ' data: no',
    '\n',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\r\n\r\n',
    'x',
    ' ',
    '{"a":1}',
    '中',
  ],
);

test('events and comments are those of eventsource-parser, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(120)), fc.boolean(), (pieces, cuts, mark) => {
      const stream = pieces.join('');
      const { events, comments } = scan(mark ? `\ufeff${stream}` : stream, cuts);
      expect({ events, comments }).toEqual(oracle(stream));
    }),
    { numRuns: 3000 },
  );
});

test('every cut in two gives the same', () => {
  const stream =
    '\ufeff: hi\r\nevent: e\rdata:a\r\ndata\ndata:  b\r\n\r\ndata: 中\n\n\ndata: [DONE]\r\r';
  const wanted = { events: ['a\n\n b', '中', '[DONE]'], comments: 1, unfinished: false, lines: 11 };
  const bytes = new TextEncoder().encode(stream);
  for (let cut = 0; cut <= bytes.length; cut++) expect(scan(bytes, [cut])).toEqual(wanted);
  expect(scan(bytes, [...bytes.keys()])).toEqual(wanted);
});

test.each([
  ['data: a\n\n', false],
  ['data: a\n\ndat', false],
  ['event: x\n', false],
  ['data: a\n', true],
  ['data: a', true],
  ['data', true],
  ['data: a\n\ndata:', true],
])('data without a blank line after it is unfinished: %j', (stream, unfinished) => {
  expect(scan(stream).unfinished).toBe(unfinished);
});

test('a byte order mark is left out once, and a broken one spoils its line', () => {
  expect(scan('\ufeffdata: a\n\n').events).toEqual(['a']);
  expect(scan('\ufeff\ufeffdata: a\n\n').events).toEqual([]);
  const broken = Uint8Array.of(0xef, 0xbb, ...new TextEncoder().encode('data: a\n\ndata: b\n\n'));
  expect(scan(broken, [1]).events).toEqual(['b']);
});

test('a long data line passes in the slices it came in', () => {
  const slices: number[] = [];
  const scanner = createSseScanner({ data: (slice) => slices.push(slice.length), dispatch() {} });
  scanner.write(new TextEncoder().encode('data: '));
  for (let n = 0; n < 3; n++) scanner.write(new Uint8Array(1000).fill(0x41));
  expect(slices).toEqual([1000, 1000, 1000]);
});

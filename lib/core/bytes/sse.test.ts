import { describe, expect, test } from 'vitest';
import { FormatError } from './format-error';
import { createSseReader, encodeSseEvent } from './sse';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function read(stream: string, cuts: readonly number[] = []): string[] {
  const events: string[] = [];
  const reader = createSseReader({ onData: (data) => events.push(data) });
  const bytes = bytesOf(stream);
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    reader.write(bytes.slice(from, cut));
    from = cut;
  }
  reader.end();
  return events;
}

describe('createSseReader', () => {
  test.each([
    ['LF', 'data: a\n\ndata: b\ndata: c\n\n', ['a', 'b\nc']],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['comments and other fields', ': ping\n\nid: 7\nevent: x\nretry: no\ndata:a\n\n', ['a']],
    ['byte order mark', '\ufeffdata: a\n\n', ['a']],
    ['Chinese and emoji', 'data: {"文":"图像😀"}\n\n', ['{"文":"图像😀"}']],
    ['no blank line at the end', 'data: a\n\ndata: b\n', ['a', 'b']],
    ['no line end at the end', 'data: a\n\ndata: [DONE]', ['a', '[DONE]']],
    ['a CR at the end', 'data: a\r', ['a']],
    ['half a CRLF at the end', 'data: a\r\n\r', ['a']],
    ['nothing', '', []],
  ])('%s, cut in two at every byte and at all of them', (_, stream, wanted) => {
    const { length } = bytesOf(stream);
    for (let cut = 0; cut <= length; cut++) expect(read(stream, [cut])).toEqual(wanted);
    expect(read(stream, [...Array(length).keys()])).toEqual(wanted);
  });

  test('delivers an event as soon as its blank line is there', () => {
    const events: string[] = [];
    const reader = createSseReader({ onData: (data) => events.push(data) });
    reader.write(bytesOf('data: a\n\ndata: b'));
    expect(events).toEqual(['a']);
  });

  test.each([1, 7, 1000])('refuses an event over its limit, in chunks of %i bytes', (size) => {
    const feed = (stream: string) => {
      const events: string[] = [];
      const reader = createSseReader({ onData: (data) => events.push(data), maxEventLength: 10 });
      const bytes = bytesOf(stream);
      for (let at = 0; at < bytes.length; at += size) reader.write(bytes.slice(at, at + size));
      return events;
    };
    expect(feed('data: 1234567890\r\n\r\ndata: 1234\ndata: 67890\n\n')).toEqual([
      '1234567890',
      '1234\n67890',
    ]);
    expect(() => feed('data: 12345678901\n\n')).toThrow(FormatError);
    expect(() => feed('data: 12345\ndata: 78901\n\n')).toThrow(FormatError);
    expect(() => feed('data: 12345678901234567890')).toThrow('longer than 10 characters');
  });
});

describe('encodeSseEvent', () => {
  test('writes one event with its blank line', () => {
    expect(new TextDecoder().decode(encodeSseEvent('{"文":1}'))).toBe('data: {"文":1}\n\n');
  });

  test.each(['', 'a', ' a', 'a\nb', 'a\n\nb\n', '图'])('is read back: %j', (data) => {
    expect(read(new TextDecoder().decode(encodeSseEvent(data)))).toEqual([data]);
  });

  test('no line end in the data can end the event', () => {
    expect(read(new TextDecoder().decode(encodeSseEvent('a\r\revent: x\r\nb')))).toEqual([
      'a\n\nevent: x\nb',
    ]);
  });
});

import { createParser } from 'eventsource-parser';
import { FormatError } from './format-error';

export interface SseReader {
  /**
   * Reads on; the chunk may be cut anywhere, also within a character.
   * @throws FormatError; the reader is of no use after it
   */
  write(bytes: Uint8Array): void;
  /** Says that nothing more comes. Delivers the last event even if its blank line is missing. */
  end(): void;
}

/**
 * Reads Server-Sent Events (WHATWG HTML §9.2) as text. Fields other than `data` are left out. Bytes
 * that are not UTF-8 become U+FFFD.
 * @param onData is given the data of each event
 * @param onComment is told of each comment line; gateways keep connections open with these
 * @param maxEventLength of the data of one event, in UTF-16 units; none unless told
 */
export function createSseReader({
  onData,
  onComment,
  maxEventLength = Number.POSITIVE_INFINITY,
}: {
  onData: (data: string) => void;
  onComment?: () => void;
  maxEventLength?: number;
}): SseReader {
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent({ data }) {
      if (data.length > maxEventLength) throw tooLong(maxEventLength);
      onData(data);
    },
    onComment,
    onError({ type }) {
      if (type === 'max-buffer-size-exceeded') throw tooLong(maxEventLength);
    },
    // The parser counts the field's name and a CR too.
    maxBufferSize: maxEventLength + 'data: \r'.length,
  });
  const feed = (text: string) => {
    if (text !== '') parser.feed(text);
  };
  return {
    write: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    end() {
      feed(decoder.decode());
      parser.feed('\n\n');
    },
  };
}

/** One event with this data, as bytes: a `data:` line for each of its lines, and a blank line. */
export function encodeSseEvent(data: string): Uint8Array {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return new TextEncoder().encode(`${lines.join('')}\n`);
}

function tooLong(limit: number): FormatError {
  return new FormatError(`An event of the stream is longer than ${limit} characters`);
}

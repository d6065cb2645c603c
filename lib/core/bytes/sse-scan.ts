/** What a scanner tells of a stream, in its order. Every slice is valid only during the call. */
export interface SseSink {
  /** A part of the current event's data; "\n" stands between its data lines. */
  data(slice: Uint8Array): void;
  /** The event is complete: a blank line after at least one data line. */
  dispatch(): void;
  /** A comment line is complete; gateways keep connections open with these. */
  comment?(): void;
}

export interface SseScanner {
  /** Reads on; the chunk may be cut anywhere and is not kept. */
  write(chunk: Uint8Array): void;
  /** Says that nothing more comes. Unfinished: there is data with no blank line after it. */
  end(): { unfinished: boolean };
  /** Complete lines so far, blank ones included. */
  readonly lines: number;
}

const LF = 0x0a;
const CR = 0x0d;
const newline = Uint8Array.of(LF);
const byteOrderMark = [0xef, 0xbb, 0xbf];
const dataField = [0x64, 0x61, 0x74, 0x61];

function indexOfLineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at++;
  return at;
}

/**
 * Splits Server-Sent Events (WHATWG HTML §9.2) into the bytes of their data, for inspection as
 * they pass: it holds nothing of a line but where it stands in it. Fields other than `data` are
 * left out.
 */
export function createSseScanner(sink: SseSink): SseScanner {
  /** In a line's name, right after `data:`, in the data, in a comment, in any other field. */
  let place: 'name' | 'space' | 'data' | 'comment' | 'other' = 'name';
  let nameLength = 0;
  let dataLines = 0;
  let lines = 0;
  /** Of a byte order mark; all of them too once there can be none any more. */
  let markBytes = 0;
  let afterCr = false;

  const beginData = () => {
    if (dataLines > 0) sink.data(newline);
    dataLines++;
    place = 'space';
  };

  const endLine = () => {
    if (place === 'name' && nameLength === dataField.length) beginData();
    else if (place === 'name' && nameLength === 0) {
      if (dataLines > 0) sink.dispatch();
      dataLines = 0;
    } else if (place === 'comment') sink.comment?.();
    lines++;
    place = 'name';
    nameLength = 0;
  };

  /** One byte of a field's name or the colon after it. */
  const readName = (byte: number) => {
    if (byte === dataField[nameLength]) nameLength++;
    else if (byte !== 0x3a) place = 'other';
    else if (nameLength === 0) place = 'comment';
    else if (nameLength === dataField.length) beginData();
    else place = 'other';
  };

  const skipMark = (chunk: Uint8Array): number => {
    let at = 0;
    while (markBytes < byteOrderMark.length && at < chunk.length) {
      if (chunk[at] === byteOrderMark[markBytes]) {
        markBytes++;
        at++;
      } else {
        if (markBytes > 0) place = 'other';
        markBytes = byteOrderMark.length;
      }
    }
    return at;
  };

  return {
    write(chunk) {
      let at = skipMark(chunk);
      while (at < chunk.length) {
        const byte = chunk[at] as number;
        if (byte === LF && afterCr) {
          afterCr = false;
          at++;
        } else if (byte === LF || byte === CR) {
          endLine();
          afterCr = byte === CR;
          at++;
        } else {
          afterCr = false;
          if (place === 'name') {
            readName(byte);
            at++;
          } else if (place === 'space') {
            place = 'data';
            if (byte === 0x20) at++;
          } else {
            const end = indexOfLineEnd(chunk, at);
            if (place === 'data') sink.data(chunk.subarray(at, end));
            at = end;
          }
        }
      }
    },
    end() {
      const lastIsData = place === 'name' && nameLength === dataField.length;
      return { unfinished: dataLines > 0 || lastIsData };
    },
    get lines() {
      return lines;
    },
  };
}

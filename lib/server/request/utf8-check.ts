import 'server-only';
import { isUtf8 } from 'node:buffer';
import { FormatError } from '../../core/bytes/format-error';

/**
 * Checks that bytes are UTF-8 as they pass, in any pieces. What is not would be read differently by
 * each decoder: some take the quote after a cut character along with it.
 * @throws FormatError from `write`, or from `end` if the last character is cut
 */
export function createUtf8Check(): { write(chunk: Uint8Array): void; end(): void } {
  let cut = Buffer.alloc(0);
  const notUtf8 = () => new FormatError('It is not UTF-8');
  return {
    write(chunk) {
      const bytes = cut.length === 0 ? chunk : Buffer.concat([cut, chunk]);
      const whole = bytes.length - cutBytes(bytes);
      if (!isUtf8(bytes.subarray(0, whole))) throw notUtf8();
      cut = Buffer.from(bytes.subarray(whole));
    },
    end() {
      if (cut.length > 0) throw notUtf8();
    },
  };
}

/** How many bytes at the end are the beginning of a character. */
function cutBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes.at(-back);
    if (byte === undefined || byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

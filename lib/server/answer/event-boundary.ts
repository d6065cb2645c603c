import 'server-only';

const lf = 0x0a;
const cr = 0x0d;
const colon = 0x3a;

/**
 * Finds the places in a stream of Server-Sent Events between which it may be cut (WHATWG HTML §9.2):
 * after the blank line that ends an event, and after a comment outside of one.
 */
export function createBoundaryFinder(): {
  /** How many bytes of the next chunk belong to what has ended with it; 0: nothing has. */
  next(chunk: Uint8Array): number;
} {
  // A line is blank as long as nothing has come since its beginning.
  let line: 'blank' | 'comment' | 'field' = 'blank';
  let isInEvent = false;
  let wasCr = false;
  return {
    next(chunk) {
      let boundary = 0;
      let at = 0;
      let nextLf = chunk.indexOf(lf);
      let nextCr = chunk.indexOf(cr);
      while (at < chunk.length) {
        const byte = chunk[at];
        if (wasCr && byte === lf) {
          // The second half of a CRLF: it belongs to what its line has ended.
          wasCr = false;
          at++;
          if (!isInEvent) boundary = at;
          continue;
        }
        wasCr = false;
        if (byte !== lf && byte !== cr) {
          if (line === 'blank') line = byte === colon ? 'comment' : 'field';
          if (line === 'field') isInEvent = true;
          if (nextLf >= 0 && nextLf < at) nextLf = chunk.indexOf(lf, at);
          if (nextCr >= 0 && nextCr < at) nextCr = chunk.indexOf(cr, at);
          const ends = [nextLf, nextCr].filter((place) => place >= 0);
          at = ends.length > 0 ? Math.min(...ends) : chunk.length;
          continue;
        }
        if (line === 'blank') isInEvent = false;
        line = 'blank';
        wasCr = byte === cr;
        at++;
        if (!isInEvent) boundary = at;
      }
      return boundary;
    },
  };
}

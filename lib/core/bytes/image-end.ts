import { sniffImageFormat, text } from './image-header';

/** Follows the file of a picture as it passes, to see whether it comes to its end. */
export interface ImageEndWatch {
  /** Reads on; the bytes may be cut anywhere and are not kept. */
  write(bytes: Uint8Array): void;
  /** So many of the next bytes tell nothing: they may be skipped. */
  readonly skippable: number;
  /** Passes over bytes; at most `skippable`. */
  skip(count: number): void;
  /** How many bytes are looked at next, where they are few; otherwise Infinity. */
  readonly needed: number;
  /** Whether a file that ends here lacks its end. False where the format does not tell. */
  readonly isCut: boolean;
}

const headBytes = 12;

/**
 * Looks for the end of a picture: IEND of a PNG (W3C §11.2.5), EOI of a JPEG (ITU T.81 §B.1.1.3), the
 * length of a WebP (RFC 9649 §2.4). What follows it does not matter. Other formats, and files that do
 * not hold together in another way, are not called cut: whoever shows them finds out.
 */
export function createImageEndWatch(): ImageEndWatch {
  let place: 'head' | 'chunk' | 'segment' | 'scan' | 'sized' | 'over' = 'head';
  const held = new Uint8Array(headBytes);
  let have = 0;
  let want = headBytes;
  let toSkip = 0;
  let isInScan = false;
  let wasFill = false;

  const expect = (next: typeof place, bytes: number) => {
    place = next;
    have = 0;
    want = bytes;
  };
  const number = (at: number, length: number) =>
    held.subarray(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0);

  /** Enough has come: what it says of the next place. */
  const step = () => {
    if (place === 'head') readHead();
    else if (place === 'chunk') readChunk();
    else readSegment();
  };
  const readHead = () => {
    const format = sniffImageFormat(held);
    const rest = held.slice(format === 'png' ? 8 : 2);
    if (format === 'webp') {
      place = 'sized';
      toSkip = held.subarray(4, 8).reduceRight((sum, byte) => sum * 256 + byte, 0) + 8 - headBytes;
    } else if (format === 'png' || format === 'jpeg') {
      if (format === 'png') expect('chunk', 8);
      else expect('segment', 4);
      write(rest);
    } else place = 'over';
  };
  const readChunk = () => {
    const type = text(held, 4, 4);
    toSkip = number(0, 4) + 4;
    if (type === 'IEND' || !/^[A-Za-z]{4}$/.test(type)) place = 'over';
    else expect('chunk', 8);
  };
  const readSegment = () => {
    const [first, marker = 0] = held;
    if (first !== 0xff) place = 'over';
    else if (marker === 0xff) {
      // Any number of fill bytes may stand before a marker.
      held.copyWithin(0, 1);
      have = 3;
    } else if (marker === 0xd9) place = 'over';
    else {
      toSkip = Math.max(0, number(2, 2) - 2);
      isInScan = marker === 0xda;
      if (isInScan) place = 'scan';
      else expect('segment', 4);
    }
  };
  // In a scan FF is followed by 00 or a marker; EOI is FF D9.
  const scan = (bytes: Uint8Array, from: number) => {
    let at = from;
    while (at < bytes.length && place === 'scan') {
      if (wasFill && bytes[at] === 0xd9) place = 'over';
      else if (bytes[at] === 0xff) {
        wasFill = true;
        at++;
      } else {
        wasFill = false;
        const next = bytes.indexOf(0xff, at);
        at = next < 0 ? bytes.length : next;
      }
    }
  };

  const write = (bytes: Uint8Array) => {
    let at = 0;
    while (at < bytes.length && place !== 'over') {
      if (toSkip > 0 || place === 'sized') {
        const skipped = Math.min(toSkip, bytes.length - at);
        toSkip -= skipped;
        at += skipped;
        if (place === 'sized' && toSkip <= 0) place = 'over';
      } else if (place === 'scan') {
        scan(bytes, at);
        return;
      } else {
        const taken = bytes.subarray(at, at + want - have);
        held.set(taken, have);
        have += taken.length;
        at += taken.length;
        if (have === want) step();
      }
    }
  };

  return {
    write,
    get skippable() {
      return place === 'over' ? Number.POSITIVE_INFINITY : Math.max(0, toSkip);
    },
    skip(count) {
      toSkip = Math.max(0, toSkip - count);
      if (place === 'sized' && toSkip === 0) place = 'over';
    },
    get needed() {
      return place === 'scan' ? Number.POSITIVE_INFINITY : want - have;
    },
    get isCut() {
      return place !== 'over';
    },
  };
}

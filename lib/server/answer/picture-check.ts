import 'server-only';
import { parsePictureUrl } from '../../core/bytes/data-url';
import { createImageEndWatch, type ImageEndWatch } from '../../core/bytes/image-end';
import { sniffImageFormat } from '../../core/bytes/image-header';
import type { StringSink } from '../../core/bytes/json-stream';

const headBytes = 512;
/** Four characters of base64 are three bytes. */
const group = { characters: 4, bytes: 3 };
/** How many characters are decoded at once where all of them are looked at. */
const pieceCharacters = 64 * 1024;

/**
 * Looks at one string as it passes: whether it begins as a picture, in base64 or as a data URL, or as a
 * link, and whether the picture has its end. Only the bytes that tell that are decoded: of a PNG the
 * heads of its chunks, of a WebP the first twelve, of a JPEG what follows its first scan.
 * @param onBegin is told of the beginning of a picture or a link
 * @param onCut is told if the string has ended before the picture that it began
 */
export function createPictureCheck(onBegin: () => void, onCut: () => void): StringSink {
  let head = Buffer.alloc(0);
  let kind: 'unknown' | 'picture' | 'link' | 'none' = 'unknown';
  let watch: ImageEndWatch | undefined;
  let left = Buffer.alloc(0);

  const judge = () => {
    const text = head.toString('latin1');
    const parsed = parsePictureUrl(text);
    kind = 'none';
    if (parsed.kind === 'link') kind = 'link';
    else if (parsed.kind === 'bytes' && isRaster(parsed.base64)) {
      kind = 'picture';
      // With line breaks or damage in it, places cannot be counted: the pages find out what it is.
      if (/^[\w+/=-]*$/.test(parsed.base64)) watch = createImageEndWatch();
      read(head.subarray(text.length - parsed.base64.length));
    }
    if (kind !== 'none') onBegin();
    head = Buffer.alloc(0);
  };

  const read = (base64: Buffer) => {
    if (!watch) return;
    let text = left.length === 0 ? base64 : Buffer.concat([left, base64]);
    while (text.length >= group.characters) {
      const groups = Math.floor(text.length / group.characters);
      const skipped = Math.min(Math.floor(watch.skippable / group.bytes), groups);
      if (skipped > 0) watch.skip(skipped * group.bytes);
      // One group more than is needed, since the bytes need not begin with one.
      const looked = Math.min(Math.ceil(watch.needed / group.bytes) + 1, groups);
      const length = Math.min(looked * group.characters, pieceCharacters);
      if (skipped === 0) watch.write(Buffer.from(text.toString('latin1', 0, length), 'base64'));
      text = text.subarray(skipped > 0 ? skipped * group.characters : length);
    }
    left = Buffer.from(text);
  };

  return {
    isUnchecked: true,
    write(bytes) {
      const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      if (kind === 'picture') read(view);
      else if (kind === 'unknown') {
        head = Buffer.concat([head, view]);
        if (head.length >= headBytes) judge();
      }
    },
    end() {
      if (kind === 'unknown') judge();
      watch?.write(Buffer.from(left.toString('latin1'), 'base64'));
      if (watch?.isCut) onCut();
    },
    get satisfied() {
      return kind === 'none' || kind === 'link';
    },
  };
}

function isRaster(base64: string): boolean {
  return sniffImageFormat(Buffer.from(base64.slice(0, 64), 'base64')) !== undefined;
}

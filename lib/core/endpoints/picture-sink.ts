import { type PictureUrl, parsePictureUrl } from '../bytes/data-url';
import type { StringSink } from '../bytes/json-string';
import { createPictureTextReader, type PictureKeeper, type ReadPicture } from './picture-base64';

/** What a string that stands in a picture's place is. */
export type PictureText = ReadPicture | Extract<PictureUrl, { kind: 'link' }>;

// So much shows whether a string holds bytes; a link is read to this length.
const headBytes = 512;
const linkBytes = 16 * 1024;

/**
 * Reads one string that stands where a picture is expected, as its bytes pass: base64, a data URL, or
 * a link, whatever the name of its field promises.
 * @param onBytes is told how many bytes of the picture are there
 */
export function createPictureSink({
  keeper,
  onBytes,
  onEnd,
}: {
  keeper: PictureKeeper;
  onBytes?: (size: number) => void;
  onEnd: (text: PictureText) => void;
}): StringSink {
  let start = new Uint8Array(0);
  let reader: ReturnType<typeof createPictureTextReader>;
  let isJudged = false;

  const judge = () => {
    isJudged = true;
    const head = new TextDecoder().decode(start.subarray(0, headBytes), { stream: true });
    reader = createPictureTextReader(head, keeper);
    if (reader) onBytes?.(reader.write(start));
  };
  return {
    write(bytes) {
      if (reader) return onBytes?.(reader.write(bytes));
      if (start.length >= linkBytes) return;
      const longer = new Uint8Array(start.length + bytes.length);
      longer.set(start);
      longer.set(bytes, start.length);
      start = longer;
      if (!isJudged && start.length >= headBytes) judge();
    },
    end() {
      if (!isJudged) judge();
      onEnd(reader?.end(true) ?? readText(new TextDecoder().decode(start)));
    },
  };
}

function readText(text: string): PictureText {
  const parsed = parsePictureUrl(text);
  if (parsed.kind === 'link') return parsed;
  const reason = parsed.kind === 'unusable' ? parsed.reason : 'unknown_form';
  return { kind: 'unusable', reason, mediaType: null };
}

import { createBase64Decoder } from '../bytes/base64-stream';
import { parsePictureUrl, type UnusablePicture } from '../bytes/data-url';
import { FormatError } from '../bytes/format-error';
import { createImageEndWatch } from '../bytes/image-end';
import { sniffImageFormat } from '../bytes/image-header';
import type { StoredPicture } from '../pictures/stored-picture';

/**
 * How the base64 of a picture was written, so that its bytes can be written as the same text again. Line breaks,
 * mixed alphabets and spare bits are read too, but are not written again.
 */
export interface PictureWriting {
  /** What stood before the base64: `data:image/png;base64,`, or '' if it was bare. */
  prefix: string;
  /** RFC 4648: §4 has `+` and `/`, §5 has `-` and `_`. */
  alphabet: 'base64' | 'base64url';
  /** Whether its last group was filled up with `=`. */
  isPadded: boolean;
}

/** Takes the files of pictures as they are decoded. */
export interface PictureKeeper {
  open(): { write(bytes: Uint8Array): void; finish(): StoredPicture };
}

/** Why an answer's picture cannot be shown. */
export type UnusableReason =
  | UnusablePicture
  /** Its base64 is broken or incomplete; the rest of the answer is unaffected. */
  | 'base64'
  /** Its base64 is whole, but the end of the picture is not in it. */
  | 'cut'
  /** It is an SVG, a text, a film: anything but pixels. */
  | 'not_raster';

/** The result of reading the text of a picture. */
export type ReadPicture =
  /** `isCut`: its base64 is whole, and yet its end is missing. */
  | { kind: 'picture'; picture: StoredPicture; writing: PictureWriting; isCut: boolean }
  /** `mediaType`: what it claims to be, if it claims anything. */
  | { kind: 'unusable'; reason: UnusableReason; mediaType: string | null };

/** Enough to tell every format by its signature. */
const signatureBytes = 32;

/**
 * Reads the text of a picture: a data URL (RFC 2397), or bare base64. Only bytes that begin with the
 * signature of a picture reach the keeper.
 * @param head the first characters of the text, which are written again as bytes
 * @returns undefined if a text that begins so holds no bytes
 */
export function createPictureTextReader(
  head: string,
  keeper: PictureKeeper,
):
  | {
      /** Reads on. Returns how many bytes of the picture are there. */
      write(text: Uint8Array): number;
      end(isWhole: boolean): ReadPicture;
    }
  | undefined {
  const parsed = parsePictureUrl(head);
  if (parsed.kind !== 'bytes') return undefined;
  const prefix = head.slice(0, head.length - parsed.base64.length);
  const mediaType = parsed.mediaType ?? null;
  const decoder = createBase64Decoder();
  const ending = createImageEndWatch();
  let toSkip = new TextEncoder().encode(prefix).length;
  let start = new Uint8Array(0);
  let file: ReturnType<PictureKeeper['open']> | undefined;
  let size = 0;
  let problem: 'base64' | 'not_raster' | undefined;

  const take = (bytes: Uint8Array) => {
    if (problem || bytes.length === 0) return;
    size += bytes.length;
    ending.write(bytes);
    if (file) return file.write(bytes);
    const joined = new Uint8Array(start.length + bytes.length);
    joined.set(start);
    joined.set(bytes, start.length);
    start = joined;
    if (start.length >= signatureBytes) begin();
  };
  const begin = () => {
    if (!sniffImageFormat(start)) {
      problem = 'not_raster';
      return;
    }
    file = keeper.open();
    file.write(start);
  };
  const attempt = (decode: () => Uint8Array) => {
    if (problem) return;
    try {
      take(decode());
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      problem = 'base64';
    }
  };

  return {
    write(text) {
      const ascii = text.subarray(Math.min(toSkip, text.length));
      toSkip -= text.length - ascii.length;
      attempt(() => decoder.write(ascii));
      return size;
    },
    end(isWhole) {
      if (!isWhole) problem ??= 'base64';
      attempt(() => decoder.end());
      if (!problem && size === 0) return { kind: 'unusable', reason: 'empty', mediaType };
      if (!problem && !file) begin();
      if (!file || problem) {
        return { kind: 'unusable', reason: problem ?? 'not_raster', mediaType };
      }
      const { isCut } = ending;
      const { isUrlSafe, isPadded } = decoder;
      const writing = { prefix, alphabet: isUrlSafe ? 'base64url' : 'base64', isPadded } as const;
      return { kind: 'picture', picture: file.finish(), writing, isCut };
    },
  };
}

/** Base64 of RFC 4648 §4, written in another way. Only the last piece of a text may have padding. */
export function rewriteBase64(
  base64: string,
  { alphabet, isPadded }: Pick<PictureWriting, 'alphabet' | 'isPadded'>,
): string {
  const letters =
    alphabet === 'base64url' ? base64.replaceAll('+', '-').replaceAll('/', '_') : base64;
  return isPadded ? letters : letters.replace(/=+$/, '');
}

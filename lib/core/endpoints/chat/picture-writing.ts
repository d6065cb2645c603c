/** How the base64 of a picture was written, so that the same text can be made of its bytes again. */
export interface PictureWriting {
  /** What stood before it: `data:image/png;base64,`, or nothing where it was bare. */
  prefix: string;
  /** RFC 4648: §4 has `+` and `/`, §5 has `-` and `_`. */
  alphabet: 'base64' | 'base64url';
  /** Whether its last group was filled up with `=`. */
  isPadded: boolean;
}

/**
 * Watches base64 pass and tells how it is written. What has line breaks, mixes the alphabets or has
 * bits to spare is a picture as well; it is written again as everybody else would.
 */
export function watchWriting(prefix: string): {
  write(ascii: Uint8Array): void;
  end(): PictureWriting;
} {
  let isUrlSafe = false;
  let isPadded = false;
  const has = (ascii: Uint8Array, letter: number) => ascii.indexOf(letter) >= 0;
  return {
    write(ascii) {
      isUrlSafe ||= has(ascii, 0x2d) || has(ascii, 0x5f);
      isPadded ||= has(ascii, 0x3d);
    },
    end: () => ({
      prefix,
      alphabet: isUrlSafe ? 'base64url' : 'base64',
      isPadded,
    }),
  };
}

/** Base64 in the standard alphabet as it is to be written; the last piece alone has a padding. */
export function rewriteBase64(
  base64: string,
  { alphabet, isPadded }: Pick<PictureWriting, 'alphabet' | 'isPadded'>,
): string {
  const letters =
    alphabet === 'base64url' ? base64.replaceAll('+', '-').replaceAll('/', '_') : base64;
  return isPadded ? letters : letters.replace(/=+$/, '');
}

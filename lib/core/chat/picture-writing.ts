/**
 * How the base64 of a picture was written, so that the same text can be made of its bytes again.
 */
export interface PictureWriting {
  /** What stood before it: `data:image/png;base64,`, or nothing where it was bare. */
  prefix: string;
  /** RFC 4648: §4 has `+` and `/`, §5 has `-` and `_`. */
  alphabet: 'base64' | 'base64url';
  /** Whether its last group was filled up with `=`. */
  isPadded: boolean;
}

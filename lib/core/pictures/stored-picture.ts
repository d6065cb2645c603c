import type { ImageHeader } from '../bytes/image-header';
import type { ImageRequest } from '../endpoints/image-request';
import { formatSize, parseSize, type Size } from '../sizes/sizes';

/** A picture whose file is kept under its hash. Plain data. */
export interface StoredPicture {
  /** SHA-256 of the file, in hex. */
  hash: string;
  byteLength: number;
  /** What the first bytes of the file tell; undefined if they tell nothing. */
  header: ImageHeader | undefined;
}

/** A picture that has arrived whole; its bytes are kept under their hash. */
export interface PictureSlot extends StoredPicture {
  kind: 'picture';
  /** Whether any pixel is transparent; absent: not measured. */
  isTransparent?: boolean;
}

/** A stored picture with the name of its file, for people and for the form that it is sent in. */
export interface NamedPicture extends StoredPicture {
  name: string;
}

/** What a request asked a picture to be; undefined: it left that open. */
export interface PictureExpectation {
  size: string | undefined;
  format: string | undefined;
  hasAlpha: boolean | undefined;
  /** Output tokens of such a picture, where the catalogue states them. */
  tokens?: number | undefined;
}

/** For a picture that was derived from an answer, such as a composite. */
export const nothingExpected: PictureExpectation = {
  size: undefined,
  format: undefined,
  hasAlpha: undefined,
};

/** What a request asks of its pictures. */
export function expectationOf(request: ImageRequest): PictureExpectation {
  const { size, output_format: format, background } = request;
  return {
    size: size !== undefined && parseSize(size) ? size : undefined,
    format: typeof format === 'string' ? format : undefined,
    hasAlpha: background === 'transparent' ? true : undefined,
  };
}

/** The size that a picture is seen at, after its orientation is applied. */
export function uprightSize({ width, height, orientation }: ImageHeader): Size | undefined {
  if (width === undefined || height === undefined) return undefined;
  // EXIF orientations from 5 on lie on their side.
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/**
 * A header, mended where it disagrees with the decoded bitmap. What the page shows is the bitmap.
 * @param seen the size of the bitmap, upright
 */
export function headerAsSeen(header: ImageHeader, seen: Size): ImageHeader {
  const upright = uprightSize(header);
  if (upright?.width === seen.width && upright.height === seen.height) return header;
  return { ...header, ...seen, orientation: 1 };
}

/** The upright size as `<w>x<h>`. */
export function seenSize(header: ImageHeader): string | undefined {
  const size = uprightSize(header);
  return size && formatSize(size);
}

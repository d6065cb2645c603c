import { createHash, type Hash } from 'node:crypto';
import { ApiError } from '../core/api-error';
import { parsePictureUrl } from '../core/bytes/data-url';
import type { StringSink } from '../core/bytes/json-stream';

// Long enough for the head of any data URL and for the first bytes of bare base64.
const headLength = 320;
const salt = 'turing-playground demo gateway';

/** The signature of a picture, over its base64. */
export function signPicture(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(salt);
  const slice = 3 * 262_144;
  for (let start = 0; start < bytes.length; start += slice) {
    hash.update(Buffer.from(bytes.subarray(start, start + slice)).toString('base64'));
  }
  return hash.digest('base64');
}

/**
 * A picture of a conversation, taken out of the JSON as it streams by: signed at once, and held as
 * the base64 it came in until it turns out whether it is needed.
 */
export class PictureText implements StringSink {
  readonly #pieces: Buffer[] = [];
  readonly #hash: Hash = createHash('sha256').update(salt);
  #head = '';
  #started = false;
  #kind: ReturnType<typeof parsePictureUrl>['kind'] = 'unusable';
  /** What its signature has to be. */
  signature = '';

  constructor(readonly param: string) {}

  write(bytes: Uint8Array): void {
    if (this.#started) {
      this.#take(Buffer.from(bytes));
      return;
    }
    this.#head += Buffer.from(bytes).toString('latin1');
    if (this.#head.length >= headLength) this.#start();
  }

  end(): void {
    if (!this.#started) this.#start();
    this.signature = this.#hash.digest('base64');
  }

  /**
   * The picture's file.
   * @throws ApiError `invalid_value` if it is a link or no picture
   */
  decode(): Buffer {
    if (this.#kind === 'bytes') {
      return Buffer.from(Buffer.concat(this.#pieces).toString('latin1'), 'base64');
    }
    const why =
      this.#kind === 'link'
        ? 'is a link, and the demo gateway fetches none: send the picture as a data URL'
        : 'is neither a data URL nor base64 of a picture';
    throw new ApiError({
      code: 'invalid_value',
      message: `${this.param} ${why}.`,
      param: this.param,
    });
  }

  #start(): void {
    this.#started = true;
    const parsed = parsePictureUrl(this.#head);
    this.#kind = parsed.kind;
    this.#take(Buffer.from(parsed.kind === 'bytes' ? parsed.base64 : this.#head, 'latin1'));
    this.#head = '';
  }

  #take(piece: Buffer): void {
    this.#hash.update(piece);
    if (this.#kind === 'bytes') this.#pieces.push(piece);
  }
}

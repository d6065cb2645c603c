import 'server-only';
import { statfs } from 'node:fs/promises';
import type { ChatRequest } from '../../core/endpoints/chat/chat-request';
import type { ImageRequest } from '../../core/endpoints/image-request';
import { askedPictures } from '../../core/endpoints/image-request';
import { findModel, pictureFor } from '../../core/models/lookup';
import type { Model } from '../../core/models/model';
import { parseSize, type Size } from '../../core/sizes/sizes';

/** Left free on the disk for everything else that writes to it. */
const spareBytes = 256 * 1024 * 1024;
// Others write to the disk as well; asking what is left of it at every start would cost more.
const measureEveryMs = 1000;

/**
 * Bytes of an answer per pixel of a picture. Measured, as base64: RGB noise as PNG, which cannot be
 * compressed, has 4.0; gradients with a camera's noise 3.1 to 3.6; RGB noise as JPEG of quality 100
 * 1.9; the demo gateway's pictures 0.05 to 0.2. So an opaque picture never needs more than this.
 */
const bytesPerPixel = 4;
/** The smallest picture of the contract. A run that has not even room for this is not started. */
export const leastAnswerBytes = 655_360 * bytesPerPixel;
/** The largest that a model makes where the size is left to it. */
const autoPixels = 1536 * 1024;

/** How many bytes the answer to a checked request may have. A chat answers with one picture. */
export function estimateAnswerBytes(
  request: ImageRequest | ChatRequest,
  models: readonly Model[],
): number {
  const model = findModel(models, request.model);
  let size: Size | undefined;
  let count = 1;
  if (isChat(request)) {
    const { aspectRatio: ratio = '1:1', imageSize: level = '1K' } = request.imageConfig ?? {};
    size = model && pictureFor({ model, ratio, level })?.size;
  } else {
    size = parseSize(request.size ?? model?.sizes.default ?? '');
    ({ count } = askedPictures(request));
  }
  return count * (size ? size.width * size.height : autoPixels) * bytesPerPixel;
}

function isChat(request: ImageRequest | ChatRequest): request is ChatRequest {
  return 'messages' in request;
}

/** The free bytes of the disk that holds a directory. */
export async function freeDiskBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Room that an answer needs and does not have. */
export interface WantedRoom {
  /** How much more. */
  bytes: number;
  /** The person whose answer it is. */
  owner: string;
  /** Bytes that this answer has already. */
  held: number;
}

/**
 * Accounts for the disk space of all answers: what they have written, and what is reserved for the
 * rest of them.
 */
export class SpoolRoom {
  private held = 0;
  private written = 0;
  private diskBytes = Number.POSITIVE_INFINITY;
  private measuredAt = Number.NEGATIVE_INFINITY;
  private making = Promise.resolve();

  constructor(
    private readonly options: {
      /** What all together may take. */
      maxBytes: number;
      /** What the disk has left. */
      freeBytes: () => Promise<number>;
      /** Chooses answers that may go for another. @returns removes them; undefined: they are not enough */
      makeRoom: (wanted: WantedRoom) => (() => Promise<void>) | undefined;
    },
  ) {}

  /** What all answers take. */
  get counts(): { bytes: number; reservedBytes: number } {
    return { bytes: this.written, reservedBytes: this.held };
  }

  private async measure(): Promise<void> {
    // A file system that cannot say it fails the write itself.
    const free = await this.options.freeBytes().catch(() => Number.POSITIVE_INFINITY);
    this.diskBytes = this.written + free - spareBytes;
    this.measuredAt = performance.now();
  }

  private lacking(bytes: number): number {
    return this.held + bytes - Math.min(this.options.maxBytes, this.diskBytes);
  }

  private async measureSometimes(): Promise<void> {
    if (performance.now() - this.measuredAt > measureEveryMs) await this.measure();
  }

  /** Whether `take` would find room now. Nothing is removed for it. */
  async has({ bytes, ...wanted }: WantedRoom): Promise<boolean> {
    await this.measureSometimes();
    const lacking = this.lacking(bytes);
    return lacking <= 0 || this.options.makeRoom({ ...wanted, bytes: lacking }) !== undefined;
  }

  /** Takes more bytes for an answer, if there is room or room can be made. */
  async take({ bytes, owner, held }: WantedRoom): Promise<boolean> {
    // Between the last look and the entry nothing is awaited, so that no byte is given twice.
    await this.measureSometimes();
    if (this.lacking(bytes) > 0) {
      // One at a time, or two would each remove what frees enough for both.
      this.making = this.making.then(async () => {
        await this.measure();
        const lacking = this.lacking(bytes);
        if (lacking > 0) await this.options.makeRoom({ bytes: lacking, owner, held })?.();
      });
      await this.making;
    }
    if (this.lacking(bytes) > 0) return false;
    this.held += bytes;
    return true;
  }

  /** More is held, or less where it is negative; of that, so much more is on the disk. */
  add(held: number, written: number): void {
    this.held += held;
    this.written += written;
  }
}

/** The room of one answer on the disk. */
export class Reservation {
  private isOver = false;
  private held: number;

  /** @param written bytes of the answer that are on the disk already */
  constructor(
    private readonly room: SpoolRoom,
    private readonly owner: string,
    private written = 0,
  ) {
    this.held = written;
    room.add(written, written);
  }

  /** Bytes that are reserved or written. */
  get bytes(): number {
    return this.held;
  }

  /** Makes sure that the whole answer may have so many bytes. @returns whether there is room */
  async reserve(bytes: number): Promise<boolean> {
    const more = bytes - this.held;
    if (more <= 0) return true;
    const { held, owner } = this;
    if (!(await this.room.take({ bytes: more, owner, held }))) return false;
    // A run may end while room is made for it.
    if (this.isOver) this.room.add(-more, 0);
    else this.held += more;
    return !this.isOver;
  }

  /** So many more bytes of it are on the disk. */
  wrote(bytes: number): void {
    this.written += bytes;
    this.room.add(0, bytes);
  }

  /** Gives back what is reserved and not written; from then on nothing can be reserved. */
  settle(): void {
    this.close(this.written);
  }

  /** Gives back everything: its file is removed. */
  release(): void {
    this.room.add(0, -this.written);
    this.written = 0;
    this.close(0);
  }

  private close(bytes: number): void {
    this.room.add(bytes - this.held, 0);
    this.held = bytes;
    this.isOver = true;
  }
}

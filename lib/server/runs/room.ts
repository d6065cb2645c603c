import 'server-only';
import { statfs } from 'node:fs/promises';
import type { ChatRequest } from '../../core/endpoints/chat/chat-request';
import type { ImageRequest } from '../../core/endpoints/image-request';
import { askedPictures } from '../../core/endpoints/image-request';
import { findModel, pictureFor } from '../../core/models/lookup';
import type { Model } from '../../core/models/model';
import { hasEnded, type Run } from '../../core/runs/run';
import { parseSize, type Size } from '../../core/sizes/sizes';

/** The room of one answer on the disk. */
export interface Reservation {
  /** Bytes that are reserved or written. */
  readonly bytes: number;
  /** Makes sure that the whole answer may have so many bytes. @returns whether there is room */
  reserve(bytes: number): Promise<boolean>;
  /** So many more bytes of it are on the disk. */
  wrote(bytes: number): void;
  /** Gives back what is reserved and not written; from then on nothing can be reserved. */
  settle(): void;
  /** Gives back everything: its file is removed. */
  release(): void;
}

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

/**
 * Accounts for the disk space of all answers: what they have written, and what is reserved for the
 * rest of them.
 * @param maxBytes what all together may take
 * @param freeBytes what the disk has left
 * @param makeRoom removes answers that may go until so many bytes are free, or none if that is not
 * enough
 * @returns makes the reservation of one answer, of which so many bytes are on the disk already
 */
export function createSpoolRoom({
  maxBytes,
  freeBytes,
  makeRoom,
}: {
  maxBytes: number;
  freeBytes: () => Promise<number>;
  makeRoom: (bytes: number) => Promise<void>;
}): (writtenBytes?: number) => Reservation {
  let held = 0;
  let written = 0;
  let diskBytes = Number.POSITIVE_INFINITY;
  let measuredAt = Number.NEGATIVE_INFINITY;
  let making = Promise.resolve();

  async function measure(): Promise<void> {
    // A file system that cannot say it fails the write itself.
    const free = await freeBytes().catch(() => Number.POSITIVE_INFINITY);
    diskBytes = written + free - spareBytes;
    measuredAt = performance.now();
  }

  const lacking = (bytes: number) => held + bytes - Math.min(maxBytes, diskBytes);

  // Between the last look and the entry nothing is awaited, so that no byte is given twice.
  async function take(bytes: number): Promise<boolean> {
    if (performance.now() - measuredAt > measureEveryMs) await measure();
    if (lacking(bytes) > 0) {
      // One at a time, or two would each remove what frees enough for both.
      making = making.then(async () => {
        await measure();
        if (lacking(bytes) > 0) await makeRoom(lacking(bytes));
      });
      await making;
    }
    if (lacking(bytes) > 0) return false;
    held += bytes;
    return true;
  }

  return (writtenBytes = 0) => {
    let own = writtenBytes;
    let ownWritten = writtenBytes;
    let isOver = false;
    held += own;
    written += own;
    const close = (bytes: number) => {
      held += bytes - own;
      own = bytes;
      isOver = true;
    };
    return {
      get bytes() {
        return own;
      },
      async reserve(bytes) {
        const more = bytes - own;
        if (more <= 0) return true;
        if (!(await take(more))) return false;
        // A run may end while room is made for it.
        if (isOver) held -= more;
        else own += more;
        return !isOver;
      },
      wrote(bytes) {
        ownWritten += bytes;
        written += bytes;
      },
      settle: () => close(ownWritten),
      release() {
        written -= ownWritten;
        ownWritten = 0;
        close(0);
      },
    };
  };
}

/**
 * Chooses answers to be removed for room: only such as somebody has read to their end, of the
 * visitor who holds most first, the oldest first.
 * @returns none if all of them together would not free so many bytes
 */
export function chooseSwept<
  T extends { key: { visitor: string }; diskBytes: number; isRead: boolean; view(): Run },
>(runs: readonly T[], wantedBytes: number): T[] {
  const holds = new Map<string, number>();
  const add = ({ key, diskBytes }: T, sign: number) =>
    holds.set(key.visitor, (holds.get(key.visitor) ?? 0) + sign * diskBytes);
  for (const run of runs) add(run, 1);
  const endedAt = (run: T) => run.view().endedAt ?? 0;
  const read = runs
    .filter((run) => run.isRead && run.diskBytes > 0 && hasEnded(run.view()))
    .sort((one, other) => endedAt(one) - endedAt(other));
  const chosen: T[] = [];
  for (let left = wantedBytes; left > 0; ) {
    const most = Math.max(...read.map(({ key }) => holds.get(key.visitor) ?? 0));
    const index = read.findIndex(({ key }) => holds.get(key.visitor) === most);
    const [run] = read.splice(index, 1);
    if (!run) return [];
    chosen.push(run);
    add(run, -1);
    left -= run.diskBytes;
  }
  return chosen;
}

import type { AnswerTold } from '../../core/chat/answer-state';
import { fetchAnswer, fetchRun } from '../api/api';
import { takePageHeaders } from '../api/page-headers';
import { serveWorker } from '../browser/serve-worker';
import { pause } from '../browser/timers';
import type { CallContext } from '../browser/worker-rpc';
import { keepFile } from '../pictures/keep-file';
import { largeBytes, previewOf, smallCopyOf } from '../pictures/small-copies';
import type { StorageProblem } from '../storage/database';
import { storedPictures } from '../storage/stored-pictures';
import { createAskAhead } from './ask-ahead';
import { createChatBytesReader } from './chat-reader';
import { createImagesBytesReader, type ImagesAnswerEvent } from './images-reader';
import type { PictureFile } from './picture-collector';
import { type ReadEvent, readAnswer } from './read-answer';

// Reads the answer to one run, so that the page never holds a picture as text, and keeps its pictures.

/** What the answers of the two kinds are found to hold. */
export interface AnswerEvents {
  images: ImagesAnswerEvent;
  chat: AnswerTold;
}

type AnyEvent = ReadEvent<AnswerEvents[keyof AnswerEvents] | PictureFile>;

/** What the worker reports: what it reads, whether the pictures could be kept, and their copies. */
export type AnswerWorkerEvent =
  | AnyEvent
  | { type: 'preview'; hash: string; preview: Blob }
  | { type: 'copied'; hash: string }
  | { type: 'kept'; hash: string }
  | { type: 'not-kept'; hash: string; problem: StorageProblem }
  | { type: 'read' };

/** A picture that is shown itself is decoded and painted first; its copy takes a processor longer than that. */
const paintedMs = 200;

// One after the other, whichever answers they are from: a decoded 4K picture has 33 MB, and takes a processor for
// a tenth of a second, which the page may want for a key.
let looking: Promise<unknown> = Promise.resolve();

const readers = { images: createImagesBytesReader, chat: createChatBytesReader };

const ahead = createAskAhead(fetchAnswer);
const server = {
  fetchAnswer: async (asked: Parameters<typeof fetchAnswer>[0]) =>
    (await ahead.take(asked)) ?? fetchAnswer(asked),
  fetchRun,
};

const methods = { ask, read };
export type AnswerWorker = typeof methods;
serveWorker(methods);

/** Asks for an answer that is still to come. Resolves when it is read, or not awaited any more. */
function ask(
  { id, headers }: { id: string; headers: Record<string, string> },
  { signal }: CallContext,
): Promise<void> {
  takePageHeaders(headers);
  return ahead.ask(id, signal);
}

/**
 * Reads an answer until it ends or the call is aborted, and reports `read` when what could be kept of it is
 * kept. The copies of small pictures follow, and then the call resolves: the run is not held up by them.
 * @param headers see `pageHeaders`
 */
async function read(
  { kind, id, headers }: { kind: keyof AnswerEvents; id: string; headers: Record<string, string> },
  { signal, emit }: CallContext<AnswerWorkerEvent>,
): Promise<void> {
  takePageHeaders(headers);
  const afterwards: Promise<unknown>[] = [];
  const later: Promise<unknown>[] = [];

  let firstPictureAt: number | null = null;

  const report = (event: AnyEvent) => {
    if (signal.aborted) return;
    emit(event.type === 'answered' ? { ...event, firstPictureAt } : event);
    if (event.type !== 'file') return;
    firstPictureAt ??= Date.now();
    const keeping = keep(event);
    const isLarge = event.file.size > largeBytes;
    // Whether it is transparent belongs to the run, which is saved when this ends.
    const isNext = isLarge || event.mayBeTransparent;
    const painted = async () => {
      await keeping;
      if (!isNext) await pause(paintedMs);
    };
    const isPainted = isLarge ? undefined : painted();
    const made = looking
      .then(() => isPainted)
      .then(() => look(event))
      .catch(() => undefined);
    looking = made;
    if (!isNext) afterwards.push(keeping);
    (isNext ? afterwards : later).push(saveCopies(event.hash, made, keeping));
  };
  const keep = async ({ hash, file }: PictureFile) => {
    // Beginning to store it takes 3 to 8 ms, for which the event that names it, and shows it, would wait.
    await pause(0);
    const problem = await keepFile(hash, file, 'made');
    emit(problem ? { type: 'not-kept', hash, problem } : { type: 'kept', hash });
    return problem === null;
  };
  /**
   * Makes the copies of a picture, and tells whether any pixel is transparent.
   * @throws if it cannot be decoded here, which is said where it is shown
   */
  const look = async ({ hash, file, mayBeTransparent }: PictureFile) => {
    const isLarge = file.size > largeBytes;
    const whole = await createImageBitmap(file);
    try {
      const made = isLarge ? await previewOf(whole, !mayBeTransparent) : undefined;
      if (made) emit({ type: 'preview', hash, preview: made.preview });
      const small = await (made?.small() ?? smallCopyOf(whole));
      // An alpha channel does not prove it.
      const { isTransparent } = small;
      if (mayBeTransparent) emit({ type: 'transparency', hash, isTransparent });
      return { preview: made?.preview, small };
    } finally {
      whole.close();
    }
  };
  const saveCopies = async (
    hash: string,
    made: Promise<Awaited<ReturnType<typeof look>> | undefined>,
    keeping: Promise<boolean>,
  ) => {
    const found = await made;
    if (found && (await keeping)) {
      const { preview, small } = found;
      await Promise.allSettled([
        storedPictures.saveCopy(hash, 'small', small.copy, small.color),
        preview && storedPictures.saveCopy(hash, 'preview', preview),
      ]);
    }
    emit({ type: 'copied', hash });
  };
  const wait = (milliseconds: number) => pause(milliseconds, signal).catch(() => {});
  await readAnswer<AnyEvent>({ id, openReader: readers[kind], report, signal, wait, server });
  await Promise.all(afterwards);
  emit({ type: 'read' });
  await Promise.allSettled(later);
}

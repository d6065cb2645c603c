import type { AnswerTold } from '../../core/chat/answer-state';
import { takePageHeaders } from '../api/page-headers';
import { serveWorker } from '../browser/serve-worker';
import { pause } from '../browser/timers';
import type { CallContext } from '../browser/worker-rpc';
import { keepFile } from '../pictures/keep-file';
import { smallCopyOf } from '../pictures/small-copies';
import type { StorageProblem } from '../storage/database';
import { storedPictures } from '../storage/stored-pictures';
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

/** What the worker reports: what it reads, and whether the pictures could be kept. */
export type AnswerWorkerEvent =
  | AnyEvent
  | { type: 'kept'; hash: string }
  | { type: 'not-kept'; hash: string; problem: StorageProblem };

const readers = { images: createImagesBytesReader, chat: createChatBytesReader };

const methods = { read };
export type AnswerWorker = typeof methods;
serveWorker(methods);

/**
 * Reads an answer until it ends or the call is aborted, and resolves when what could be kept of it is
 * kept.
 * @param headers see `pageHeaders`
 */
async function read(
  { kind, id, headers }: { kind: keyof AnswerEvents; id: string; headers: Record<string, string> },
  { signal, emit }: CallContext<AnswerWorkerEvent>,
): Promise<void> {
  takePageHeaders(headers);
  const afterwards: Promise<void>[] = [];

  let looking = Promise.resolve();
  let firstPictureAt: number | null = null;

  const report = (event: AnyEvent) => {
    if (signal.aborted) return;
    emit(event.type === 'answered' ? { ...event, firstPictureAt } : event);
    if (event.type !== 'file') return;
    firstPictureAt ??= Date.now();
    const keeping = keep(event);
    // One after the other: a decoded 4K picture has 33 MB.
    looking = looking.then(async () => look(event, await keeping));
    afterwards.push(keeping.then(() => {}));
  };
  const keep = async ({ hash, file }: PictureFile) => {
    const problem = await keepFile(hash, file, 'made');
    emit(problem ? { type: 'not-kept', hash, problem } : { type: 'kept', hash });
    return problem === null;
  };
  /** Makes the small copy of a picture, and tells whether any pixel is transparent. */
  const look = async ({ hash, file, mayBeTransparent }: PictureFile, isKept: boolean) => {
    try {
      const whole = await createImageBitmap(file);
      const { copy, color, isTransparent } = await smallCopyOf(whole).finally(() => whole.close());
      // An alpha channel does not prove it.
      if (mayBeTransparent) emit({ type: 'transparency', hash, isTransparent });
      if (isKept) await storedPictures.saveCopy(hash, 'small', copy, color);
    } catch {
      // A picture that cannot be decoded here says so where it is shown.
    }
  };
  const wait = (milliseconds: number) => pause(milliseconds, signal).catch(() => {});
  await readAnswer<AnyEvent>({ id, openReader: readers[kind], report, signal, wait });
  await Promise.all(afterwards);
  await looking;
}

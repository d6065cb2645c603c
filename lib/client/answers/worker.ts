import type { AnswerTold } from '../../core/chat/answer-state';
import { takeVisitorName } from '../api/visitor-name';
import { pause } from '../browser/timers';
import { type CallContext, serveWorker } from '../browser/worker-rpc';
import { isReadable } from '../pictures/readable-blob';
import { history, type StorageProblem, storageProblem } from '../storage/history';
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

/** Transparency is looked for in a copy with so many pixels per side. */
const samples = 64;

const readers = { images: createImagesBytesReader, chat: createChatBytesReader };

const methods = { read };
export type AnswerWorker = typeof methods;
serveWorker(methods);

/**
 * Reads an answer until it ends or the call is aborted, and resolves when what could be kept of it is
 * kept.
 * @param visitor see `visitorName`
 */
async function read(
  { kind, id, visitor }: { kind: keyof AnswerEvents; id: string; visitor: string | undefined },
  { signal, emit }: CallContext<AnswerWorkerEvent>,
): Promise<void> {
  takeVisitorName(visitor);
  const afterwards: Promise<void>[] = [];

  const report = (event: AnyEvent) => {
    if (signal.aborted) return;
    emit(event);
    if (event.type === 'file') afterwards.push(keep(event), inspect(event));
  };
  const keep = async ({ hash, file }: PictureFile) => {
    try {
      if (!(await isReadable(file))) return emit({ type: 'not-kept', hash, problem: 'full' });
      await history.savePicture(hash, file);
      emit({ type: 'kept', hash });
    } catch (error) {
      emit({ type: 'not-kept', hash, problem: storageProblem(error) });
    }
  };
  const inspect = async ({ hash, file, mayBeTransparent }: PictureFile) => {
    if (!mayBeTransparent) return;
    try {
      emit({ type: 'transparency', hash, isTransparent: await isTransparent(file) });
    } catch {
      // A picture that cannot be decoded here says so where it is shown.
    }
  };
  const wait = (milliseconds: number) => pause(milliseconds, signal).catch(() => {});
  await readAnswer<AnyEvent>({ id, openReader: readers[kind], report, signal, wait });
  await Promise.all(afterwards);
}

/** Whether a picture has transparent pixels, which an alpha channel does not prove; it is sampled. */
export async function isTransparent(picture: Blob): Promise<boolean> {
  const small = await createImageBitmap(picture, {
    resizeWidth: samples,
    resizeHeight: samples,
    resizeQuality: 'low',
  });
  const context = new OffscreenCanvas(samples, samples).getContext('2d');
  context?.drawImage(small, 0, 0);
  small.close();
  const pixels = context?.getImageData(0, 0, samples, samples).data ?? [];
  return pixels.some((value, index) => index % 4 === 3 && value < 250);
}

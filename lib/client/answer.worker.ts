import type { AnswerEvent, WorkerCommand, WorkerEvent } from './answer-events';
import { history, keepingProblem } from './history/history';
import { isTransparent } from './is-transparent';
import { pause } from './pause';
import { readAnswer } from './read-answer';

// Reads one run's answer, so that the page never holds a picture as text, and keeps its pictures.
// It ends when everything is kept, or with the page.

const stopping = new AbortController();
const { signal } = stopping;
const tell = (event: WorkerEvent) => self.postMessage(event);

self.onmessage = ({ data }: MessageEvent<WorkerCommand>) => {
  if (data.type === 'read') void read(data.id);
  else stopping.abort();
};

async function read(id: string): Promise<void> {
  const afterwards: Promise<void>[] = [];
  const report = (event: AnswerEvent) => {
    if (signal.aborted) return;
    tell(event);
    if (event.type !== 'picture') return;
    const { index, picture, blob } = event;
    afterwards.push(keep(picture.hash, blob));
    if (picture.header?.hasAlpha) afterwards.push(lookThrough(index, blob));
  };
  const wait = (milliseconds: number) => pause(milliseconds, signal).catch(() => {});
  await readAnswer({ id, report, signal, wait });
  await Promise.all(afterwards);
  tell({ type: 'finished' });
  self.close();
}

async function keep(hash: string, blob: Blob): Promise<void> {
  try {
    await history.savePicture(hash, blob);
    tell({ type: 'kept', hash });
  } catch (error) {
    tell({ type: 'not-kept', hash, problem: keepingProblem(error) });
  }
}

async function lookThrough(index: number, blob: Blob): Promise<void> {
  try {
    tell({ type: 'transparency', index, isTransparent: await isTransparent(blob) });
  } catch {
    // What cannot be decoded here says so where it is shown.
  }
}

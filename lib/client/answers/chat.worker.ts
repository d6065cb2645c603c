import { pause } from '../browser/pause';
import { randomId } from '../browser/random-id';
import { isTransparent } from '../pictures/is-transparent';
import type { ReadEvent } from '../runs/run-engine';
import { type ChatTold, createChatBytesReader } from './chat-reader';
import { readAnswer } from './read-answer';
import { serveWorker } from './serve-worker';

// Reads the answers of conversations.

serveWorker<ReadEvent<ChatTold>>(async ({ id, signal, tell, keep, finishFirst }) => {
  const lookThrough = async (hash: string, file: Blob) => {
    try {
      tell({ type: 'transparency', hash, isTransparent: await isTransparent(file) });
    } catch {
      // What cannot be decoded here says so where it is shown.
    }
  };
  const reader = createChatBytesReader({
    nonce: randomId(),
    tell(event) {
      tell(event);
      if (event.type !== 'file') return;
      keep(event.hash, event.file);
      if (event.mayBeTransparent) finishFirst(lookThrough(event.hash, event.file));
    },
  });
  const wait = (milliseconds: number) => pause(milliseconds, signal).catch(() => {});
  await readAnswer({ id, reader, report: tell, signal, wait });
});

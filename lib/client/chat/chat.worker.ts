import type { ReadEvent } from '../carry-run';
import { isTransparent } from '../is-transparent';
import { pause } from '../pause';
import { randomId } from '../random-id';
import { readAnswer } from '../read-answer';
import { serveWorker } from '../serve-worker';
import { type ChatTold, createChatBytesReader } from './chat-reader';

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

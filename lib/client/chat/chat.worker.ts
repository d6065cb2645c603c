import type { ReadEvent } from '../carry-run';
import { pause } from '../pause';
import { randomId } from '../random-id';
import { readAnswer } from '../read-answer';
import { serveWorker } from '../serve-worker';
import { type ChatTold, createChatBytesReader } from './chat-reader';

// Reads the answers of conversations.

serveWorker<ReadEvent<ChatTold>>(async ({ id, signal, tell, keep }) => {
  const reader = createChatBytesReader({
    nonce: randomId(),
    tell(event) {
      tell(event);
      if (event.type === 'file') keep(event.hash, event.file);
    },
  });
  const wait = (milliseconds: number) => pause(milliseconds, signal).catch(() => {});
  await readAnswer({ id, reader, report: tell, signal, wait });
});

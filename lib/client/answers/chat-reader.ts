import type { AnswerTold } from '../../core/chat/answer-state';
import type { ChatEvent } from '../../core/endpoints/chat/answer';
import { createChatReader } from '../../core/endpoints/chat/answer-reader';
import type { PictureKeeper } from '../../core/endpoints/chat/picture-text';
import { createPictureCollector } from './picture-collector';
import type { BytesReader } from './read-answer';

/** What comes at once is told at once; so often, in ms, is more than an eye can follow. */
const tellEveryMs = 50;

/** What a chat answer tells as it is read; a file is told before the picture that it is. */
export type ChatTold =
  | AnswerTold
  | { type: 'file'; hash: string; file: Blob; mayBeTransparent: boolean };

/**
 * Reads the bytes of a chat answer and tells what it says, many small things at once: an answer of
 * a thousand pieces must not make the page draw a thousand times.
 * @param later does something in a while, once
 */
export function createChatBytesReader({
  tell,
  nonce,
  now = Date.now,
  later = (action) => void setTimeout(action, tellEveryMs),
}: {
  tell: (event: ChatTold) => void;
  nonce: string;
  now?: () => number;
  later?: (action: () => void) => void;
}): BytesReader {
  let waiting: ChatEvent[] = [];
  let isFirst = true;
  let isPlanned = false;
  let toldAt = 0;
  // A file is told when it is known to be a picture of the answer.
  const files = new Map<string, Extract<ChatTold, { type: 'file' }>>();

  const flush = () => {
    if (waiting.length === 0) return;
    tell({ type: 'said', events: waiting, isFirst });
    waiting = [];
    isFirst = false;
    toldAt = now();
  };
  const flushSoon = () => {
    if (waiting.length === 0 || isPlanned) return;
    if (now() - toldAt >= tellEveryMs) return flush();
    isPlanned = true;
    later(() => {
      isPlanned = false;
      flush();
    });
  };
  const tellFile = (hash: string) => {
    const file = files.get(hash);
    files.delete(hash);
    if (file) tell(file);
  };

  const keeper: PictureKeeper = {
    open() {
      const collector = createPictureCollector();
      return {
        write: (bytes) => collector.add(bytes),
        finish() {
          const { blob, hash, header } = collector.finish();
          const mayBeTransparent = header?.hasAlpha === true;
          files.set(hash, { type: 'file', hash, file: blob, mayBeTransparent });
          return { hash, byteLength: blob.size, header };
        },
      };
    },
  };
  const reader = createChatReader(
    keeper,
    (event) => {
      if (event.type === 'picture') tellFile(event.picture.hash);
      if (event.type === 'block' || event.type === 'message-field') {
        for (const { hash } of Object.values(event.lifted)) tellFile(hash);
      }
      waiting = joined(waiting, event);
    },
    nonce,
  );

  return {
    write(chunk) {
      reader.write(chunk);
      flushSoon();
    },
    end(durationMs) {
      reader.end();
      flush();
      tell({ type: 'end', durationMs });
    },
    giveUp() {
      reader.end();
      flush();
    },
  };
}

// What is said in one go needs no more than one event; of what is arriving the last word counts.
function joined(events: ChatEvent[], event: ChatEvent): ChatEvent[] {
  const last = events.at(-1);
  const isMore =
    last?.type === 'text-delta' && event.type === 'text-delta' && !last.fields && !event.fields;
  if (isMore) {
    events[events.length - 1] = { type: 'text-delta', text: last.text + event.text };
  } else if (last?.type === 'arriving' && event.type === 'arriving') {
    events[events.length - 1] = event;
  } else {
    events.push(event);
  }
  return events;
}

import type { AnswerTold } from '../../core/chat/answer-state';
import type { ChatEvent } from '../../core/endpoints/chat/answer';
import { createChatReader } from '../../core/endpoints/chat/answer-reader';
import { randomId } from '../../core/random-id';
import { createFileKeeper, type PictureFile } from './picture-collector';
import type { BytesReader } from './read-answer';

/** The shortest time between two reports, in ms: the page need not draw more often than that. */
const reportEveryMs = 50;

/**
 * Reads the bytes of a chat answer and reports what it says, in batches: an answer of a thousand
 * pieces must not make the page draw a thousand times.
 * @param later runs an action once, after a while
 */
export function createChatBytesReader(
  report: (event: AnswerTold | PictureFile) => void,
  {
    nonce = randomId(),
    now = Date.now,
    later = (action: () => void) => void setTimeout(action, reportEveryMs),
  }: { nonce?: string; now?: () => number; later?: (action: () => void) => void } = {},
): BytesReader {
  let waiting: ChatEvent[] = [];
  let isFirst = true;
  let isPlanned = false;
  let reportedAt = 0;
  // A file is reported once it is known to be a picture of the answer.
  const { keeper, take } = createFileKeeper();

  const flush = () => {
    if (waiting.length === 0) return;
    report({ type: 'said', events: waiting, isFirst });
    waiting = [];
    isFirst = false;
    reportedAt = now();
  };
  const flushSoon = () => {
    if (waiting.length === 0 || isPlanned) return;
    if (now() - reportedAt >= reportEveryMs) return flush();
    isPlanned = true;
    later(() => {
      isPlanned = false;
      flush();
    });
  };
  const reportFile = (hash: string) => {
    const file = take(hash);
    if (file) report(file);
  };

  const reader = createChatReader(
    keeper,
    (event) => {
      if (event.type === 'picture') reportFile(event.picture.hash);
      if (event.type === 'block' || event.type === 'message-field') {
        for (const { hash } of Object.values(event.lifted)) reportFile(hash);
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
      report({ type: 'end', durationMs });
    },
    giveUp() {
      reader.giveUp();
      flush();
    },
  };
}

// Adjacent pieces of text become one event; of the progress of a picture only the last counts.
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

import { createImagesAnswerReader } from '../core/endpoints/images-answer';
import { ApiError } from '../core/errors';
import { readTrouble, type Trouble, troubleOfConnection, troubleOfError } from '../core/trouble';
import { createPictureCollector } from './collect-picture';
import type { RunEvent } from './run-events';

const progressEveryMs = 200;
const maxErrorCharacters = 64 * 1024;

/**
 * Reads the answer to a run as it streams and reports its pictures one by one, each as soon as it is
 * whole. However the answer ends, the pictures reported before stand.
 */
export async function readAnswer({
  response,
  report,
  now = Date.now,
}: {
  response: Response;
  report: (event: RunEvent) => void;
  now?: () => number;
}): Promise<void> {
  if (!response.ok) {
    report({ type: 'trouble', trouble: await readRefusal(response, now()) });
    return;
  }
  report({ type: 'answering' });
  const collectors = new Map<number, ReturnType<typeof createPictureCollector>>();
  let reportedAt = 0;
  const reader = createImagesAnswerReader({
    onStart: (index) => collectors.set(index, createPictureCollector()),
    onBytes: (index, bytes) => {
      const collector = collectors.get(index);
      collector?.add(bytes);
      if (!collector || now() - reportedAt < progressEveryMs) return;
      reportedAt = now();
      report({ type: 'arriving', index, bytes: collector.size });
    },
    onEnd: (index) => {
      const collector = collectors.get(index);
      collectors.delete(index);
      if (collector && collector.size > 0)
        report({ type: 'picture', index, ...collector.finish() });
    },
  });
  try {
    const body = response.body?.getReader();
    for (let part = await body?.read(); part && !part.done; part = await body?.read()) {
      reader.write(part.value);
    }
    report({ type: 'end', answer: reader.end() });
  } catch (error) {
    report({ type: 'trouble', trouble: troubleInAnswer(error) });
  }
}

async function readRefusal(response: Response, now: number): Promise<Trouble> {
  const { status, headers } = response;
  const text = await response.text().catch(() => '');
  return readTrouble({ status, headers, text: text.slice(0, maxErrorCharacters), now });
}

function troubleInAnswer(error: unknown): Trouble {
  if (error instanceof ApiError) return troubleOfError(error);
  return troubleOfConnection('connection_lost', error instanceof Error ? error.message : '');
}

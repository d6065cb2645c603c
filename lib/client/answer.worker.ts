import { troubleOfConnection } from '../core/trouble';
import { readAnswer } from './read-answer';
import type { RunCommand, RunEvent } from './run-events';
import { type RunRequest, startRun } from './runs';

// Carries one run: sends it and reads its answer, so that the page never holds a picture as text.

const stopping = new AbortController();

self.onmessage = ({ data }: MessageEvent<RunCommand>) => {
  if (data.type === 'start') void carry(data.run);
  else stopping.abort();
};

async function carry(run: RunRequest): Promise<void> {
  const { signal } = stopping;
  const report = (event: RunEvent) => {
    if (!signal.aborted) self.postMessage(event);
  };
  try {
    await readAnswer({ response: await startRun({ run, signal }), report });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    report({ type: 'trouble', trouble: troubleOfConnection('network', message) });
  }
  self.close();
}

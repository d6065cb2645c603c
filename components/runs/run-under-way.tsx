'use client';
import { stopRun, tryNow } from '@/lib/client/runs/image-runs';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { useElapsed } from '../controls/use-elapsed';
import { RetryCountdown } from './retry-countdown';
import { RunPictures } from './run-pictures';
import { RunProgress } from './run-progress';

// A try that is refused again is so at once; one that lasts longer has been taken up.
const takenUpAfterMs = 1500;

/** How far a run is that has not ended, or, between two tries, the wait for the next. */
export function RunUnderWay({ run }: { run: RunEntry }) {
  if (!run.trouble) return <RunProgress run={run} />;
  return <RunTriedAgain run={run} trouble={run.trouble} />;
}

/** Apart, since it looks at the clock, and a run at its first try has no need of that. */
function RunTriedAgain({ run, trouble }: { run: RunEntry; trouble: RunFailure }) {
  const sinceTry = useElapsed(run.startedAt ?? Number.POSITIVE_INFINITY);
  const isAnswering = run.state === 'answering';
  // Not in and out of it at every try: everything below would jump.
  if (isAnswering || sinceTry > takenUpAfterMs) {
    return (
      <>
        <RunProgress run={run} />
        {/* Places without a picture; with the answer the card itself shows them. */}
        {!isAnswering && <RunPictures run={run} />}
      </>
    );
  }
  const { prompt: _prompt, ...settings } = run.request;
  return (
    <RetryCountdown
      life={run}
      trouble={trouble}
      settings={settings}
      onTryNow={() => tryNow(run.id)}
      onStop={() => stopRun(run.id)}
    />
  );
}

'use client';
import type { RunEntry } from '@/lib/core/run-entry';
import { useElapsed } from '../controls/use-elapsed';
import { RetryCountdown } from './retry-countdown';
import { RunPictures } from './run-pictures';
import { RunProgress } from './run-progress';

// A try that is refused again is so at once; one that lasts longer has been taken up.
const takenUpAfterMs = 1500;

/** A run that has not ended: its progress and places, or, between two tries, the wait for the next. */
export function RunUnderWay({ run }: { run: RunEntry }) {
  const sinceTry = useElapsed(run.startedAt ?? Number.POSITIVE_INFINITY);
  const isTakenUp = run.state === 'answering' || sinceTry > takenUpAfterMs;
  // Not in and out of it at every try: everything below would jump.
  if (run.trouble && !isTakenUp) return <RetryCountdown run={run} trouble={run.trouble} />;
  return (
    <>
      <RunProgress run={run} />
      <RunPictures run={run} />
    </>
  );
}

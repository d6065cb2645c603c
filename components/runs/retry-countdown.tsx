'use client';
import { useTranslations } from 'use-intl/react';
import { stopRun, tryNow } from '@/lib/client/carried-runs';
import { mostTries } from '@/lib/core/retry-delay';
import type { RunEntry } from '@/lib/core/run-entry';
import type { Trouble } from '@/lib/core/trouble';
import { formatDuration } from '@/lib/i18n/format-duration';
import { TroubleNotice } from '../controls/trouble-notice';
import { useElapsed } from '../controls/use-elapsed';
import { Button } from '../ui/button';
import { CopyTrouble } from './copy-trouble';
import { StopButton } from './stop-button';

/** A run that was refused for its rate: when it is tried again by itself, and the way out. */
export function RetryCountdown({ run, trouble }: { run: RunEntry; trouble: Trouble }) {
  const t = useTranslations('run');
  const now = useElapsed(0);
  const { nextTry } = run;
  return (
    <TroubleNotice trouble={trouble} look="warn" advice={t('nextTrySpoken')}>
      <span role="timer" aria-live="off" className="mr-1 font-mono text-small">
        {nextTry
          ? t('nextTry', {
              number: run.tries + 1,
              most: mostTries,
              // Rounded up: it must not say zero while there is still something to wait.
              time: formatDuration(nextTry.at - now + 999),
            })
          : t('trying', { number: run.tries, most: mostTries })}
      </span>
      <Button
        aria-disabled={!nextTry}
        className="aria-disabled:opacity-50"
        onClick={() => tryNow(run.id)}
      >
        {t('tryNow')}
      </Button>
      <StopButton label={t('stopTrying')} onStop={() => stopRun(run.id)} />
      <CopyTrouble run={run} trouble={trouble} />
    </TroubleNotice>
  );
}

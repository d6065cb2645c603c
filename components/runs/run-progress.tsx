'use client';
import { useTranslations } from 'use-intl/react';
import { stopRun } from '@/lib/client/runs/image-runs';
import { askedPictures } from '@/lib/core/runs/asked-pictures';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { progressOf } from '@/lib/core/runs/run-estimate';
import { formatDuration, formatExpected } from '@/lib/i18n/format-duration';
import { useElapsed } from '../controls/use-elapsed';
import { ProgressBar } from '../ui/progress-bar';
import { StopButton } from './stop-button';

/** A run under way: how far it is, measured against those before it, and the way out. */
export function RunProgress({ run }: { run: RunEntry }) {
  const t = useTranslations('run');
  const stage = useTranslations('stage');
  const elapsedMs = useElapsed(run.startedAt ?? run.createdAt);
  const { expectedMs } = run;
  const { isUpperBound } = askedPictures(run.request);
  const shown = picturesOf(run).length;
  const elapsed = formatDuration(elapsedMs);
  const stop = <StopButton label={t('stop')} onStop={() => stopRun(run.id)} />;
  if (run.state === 'queued') {
    return (
      <div className="flex items-center justify-between gap-3 text-muted">
        {/* Mostly it is over before anybody could read it. */}
        <span className="[animation:appear_200ms_500ms_backwards]">{t('queued')}</span>
        {stop}
      </div>
    );
  }
  const isLate = expectedMs !== null && elapsedMs > expectedMs;
  return (
    <div className="flex items-center gap-3">
      <div className="flex min-w-0 flex-1 items-center gap-x-3 gap-y-1.5 @max-[560px]:flex-wrap">
        <ProgressBar
          label={t('waiting')}
          value={expectedMs === null || isLate ? undefined : progressOf({ elapsedMs, expectedMs })}
        />
        {/* Silent for screen readers, who would hear every second of it. */}
        <span
          role="timer"
          aria-live="off"
          className="font-mono text-small text-muted @max-[560px]:basis-full @min-[560px]:whitespace-nowrap"
        >
          {expectedMs === null
            ? elapsed
            : t(isLate ? 'usuallyAbout' : 'ofAbout', {
                elapsed,
                expected: formatExpected(expectedMs),
              })}
          {' · '}
          {stage(isUpperBound ? 'progressUpTo' : 'progress', { shown, count: run.asked })}
        </span>
      </div>
      {stop}
    </div>
  );
}

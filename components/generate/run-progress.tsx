'use client';
import { useTranslations } from 'use-intl/react';
import { stopRun } from '@/lib/client/carried-runs';
import { picturesOf, type RunEntry } from '@/lib/core/run-entry';
import { progressOf } from '@/lib/core/run-estimate';
import { formatDuration } from '@/lib/i18n/format-duration';
import { useElapsed } from '../controls/use-elapsed';
import { ProgressBar } from '../ui/progress-bar';
import { StopButton } from './stop-button';

/** A run under way: how far it is, measured against those before it, and the way out. */
export function RunProgress({ run }: { run: RunEntry }) {
  const t = useTranslations('run');
  const stage = useTranslations('stage');
  const elapsedMs = useElapsed(run.startedAt ?? run.createdAt);
  const { expectedMs } = run;
  const shown = picturesOf(run).length;
  const elapsed = formatDuration(elapsedMs);
  const stop = <StopButton label={t('stop')} onStop={() => stopRun(run.id)} />;
  if (run.state === 'queued') {
    return (
      <div className="flex items-center justify-between gap-3 text-muted">
        {t('queued')}
        {stop}
      </div>
    );
  }
  return (
    <div className="flex items-center gap-3">
      <ProgressBar
        label={t('waiting')}
        value={expectedMs === null ? undefined : progressOf({ elapsedMs, expectedMs })}
      />
      {/* Silent for screen readers, who would hear every second of it. */}
      <span
        role="timer"
        aria-live="off"
        className="whitespace-nowrap font-mono text-small text-muted"
      >
        {expectedMs === null
          ? elapsed
          : t('ofAbout', { elapsed, expected: formatDuration(expectedMs) })}
        {' · '}
        {stage('progress', { shown, count: run.asked })}
      </span>
      {stop}
    </div>
  );
}

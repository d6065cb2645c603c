'use client';
import { useTranslations } from 'use-intl/react';
import { stopGeneration } from '@/lib/client/start-generation';
import type { Run } from '@/lib/client/stores/runs';
import { ElapsedTime } from '../controls/elapsed-time';
import { ProgressBar } from '../ui/progress-bar';
import { StopButton } from './stop-button';

/** A run under way: that something is happening, for how long, and the way out. */
export function RunProgress({ run, onGone }: { run: Run; onGone: () => void }) {
  const t = useTranslations('run');
  const stage = useTranslations('stage');
  const shown = run.slots.filter(({ kind }) => kind === 'picture').length;
  return (
    <div className="flex items-center gap-3">
      <ProgressBar label={t('waiting')} />
      <span className="whitespace-nowrap font-mono text-small text-muted">
        <ElapsedTime since={run.createdAt} />
        {' · '}
        {stage('progress', { shown, count: run.asked })}
      </span>
      <StopButton label={t('stop')} onGone={onGone} onStop={() => stopGeneration(run.id)} />
    </div>
  );
}

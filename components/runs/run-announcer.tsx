'use client';
import { useTranslations } from 'use-intl/react';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';

/** Tells screen readers how the newest run is getting on, a few times in its life. */
export function RunAnnouncer({ newest }: { newest: RunEntry | undefined }) {
  const t = useTranslations('stage');
  return (
    <p role="status" className="sr-only">
      {newest && words(newest)}
    </p>
  );

  function words(run: RunEntry): string {
    const shown = picturesOf(run).length;
    if (run.state === 'done') return t('finished', { count: shown });
    if (run.state === 'failed') return t('failed');
    if (run.state === 'cancelled') return t('stopped');
    if (run.state === 'pausing') return t('paused');
    const count = run.asked;
    return shown === 0 ? t('started', { count }) : t('progress', { shown, count });
  }
}

'use client';
import { useTranslations } from 'use-intl/react';
import type { Run } from '@/lib/client/stores/runs';
import { useRuns } from '@/lib/client/stores/use-runs';

/** Tells screen readers how the newest run is getting on, a few times in its life. */
export function RunAnnouncer() {
  const t = useTranslations('stage');
  const newest = useRuns((state) => state.runs[0]);
  return (
    <p role="status" className="sr-only">
      {newest && words(newest)}
    </p>
  );

  function words({ state, slots, asked }: Run): string {
    const shown = slots.filter(({ kind }) => kind === 'picture').length;
    if (state === 'done') return t('finished', { count: shown });
    if (state === 'failed') return t('failed');
    if (state === 'cancelled') return t('stopped');
    return shown === 0 ? t('started', { count: asked }) : t('progress', { shown, count: asked });
  }
}

'use client';
import { useTranslations } from 'use-intl/react';
import { takeOrphanRuns } from '@/lib/client/runs/orphan-runs-store';
import { useOrphanRuns } from '@/lib/client/runs/use-orphan-runs';
import type { EndpointName } from '@/lib/core/models/model';
import { Button } from '../ui/button';
import { HistoryIcon } from '../ui/icons';

/** Runs at the server of which this browser knows nothing: what they are, and the way to them. */
export function FoundRuns({ endpoint, onShow }: { endpoint: EndpointName; onShow: () => void }) {
  const t = useTranslations('stage');
  const count = useOrphanRuns(endpoint);
  if (count === 0) return null;
  return (
    <div
      data-testid="found-runs"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-sunken px-5 py-2.5 max-wide:px-3.5"
    >
      <p className="mr-auto flex min-w-0 gap-2">
        <HistoryIcon size={16} aria-hidden className="mt-px shrink-0 text-muted" />
        {t('found', { count })}
      </p>
      <span className="flex gap-2">
        <Button onClick={onShow}>{t('foundShow')}</Button>
        <Button onClick={() => takeOrphanRuns(endpoint)}>{t('foundLeave')}</Button>
      </span>
    </div>
  );
}

'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useRuns } from '@/lib/client/runs/use-runs';
import { useStorageProblem } from '@/lib/client/storage/use-storage-status';
import { AlertIcon } from '../ui/icons';

/** What is wrong with the whole page, not with one run: no connection, or nothing that is kept. */
export function StageNotices() {
  const t = useTranslations('stage');
  const isConnectionLost = useRuns((state) => state.isConnectionLost);
  const problem = useStorageProblem();
  return (
    <div role="status">
      {isConnectionLost && <Line>{t('connectionLost')}</Line>}
      {problem === 'full' && <Line>{t('storageFull')}</Line>}
      {problem === 'outdated' && <Line>{t('storageOutdated')}</Line>}
      {problem === 'unavailable' && <Line>{t('storageUnavailable')}</Line>}
    </div>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-2 border-b border-line bg-warn-soft px-5 py-2.5 text-warn max-wide:px-3.5">
      <AlertIcon size={16} aria-hidden className="mt-px shrink-0" />
      {children}
    </p>
  );
}

'use client';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { takeOrphanRuns, useOrphanRuns } from '@/lib/client/runs/orphan-runs-store';
import { useRuns } from '@/lib/client/runs/runs-store';
import { useStorageProblem } from '@/lib/client/storage/storage-status';
import type { EndpointName } from '@/lib/core/models/model';
import { Button } from '../ui/button';
import { AlertIcon, HistoryIcon, UndoIcon } from '../ui/icons';

/** Problems of the whole page: connection lost, storage full or unavailable. */
export function StageNotices() {
  const t = useTranslations('stage');
  const isConnectionLost = useRuns((state) => state.isConnectionLost);
  const isDatabaseAway = useRuns((state) => state.isDatabaseAway);
  const problem = useStorageProblem();
  return (
    <div role="status">
      {isConnectionLost && <Line>{t(isDatabaseAway ? 'databaseAway' : 'connectionLost')}</Line>}
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

/** Offers runs that are on the server but not in this browser. */
export function OrphanRunsNotice({
  endpoint,
  onShow,
}: {
  endpoint: EndpointName;
  onShow: () => void;
}) {
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

/** Stands in for something removed, with an undo button. */
export function UndoNotice({ text, onUndo }: { text: string; onUndo: () => void }) {
  const t = useTranslations('stage');
  const undo = useRef<HTMLButtonElement>(null);
  // The button that removed it is gone, so the focus would fall back to the body. A layout effect,
  // to run before the card takes the focus.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) undo.current?.focus();
  }, []);
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-2 text-muted">
      {text}
      <Button ref={undo} onClick={onUndo}>
        <UndoIcon size={14} aria-hidden />
        {t('undo')}
      </Button>
    </p>
  );
}

'use client';
import { useTranslations } from 'use-intl/react';
import { restoreRun } from '@/lib/client/generation-runs';
import { UndoNotice } from './undo-notice';

/** Where a run was: the way to have it back, until the next one goes. */
export function RemovedRun() {
  const t = useTranslations('stage');
  return <UndoNotice text={t('removed')} onUndo={restoreRun} />;
}

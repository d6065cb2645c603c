'use client';
import { useTranslations } from 'use-intl/react';
import { restoreRun } from '@/lib/client/runs/run-commands';
import { focusRun } from './run-focus';
import { UndoNotice } from './undo-notice';

/** Where a run was: the way to have it back, until the next one goes. */
export function RemovedRun({ id }: { id: string }) {
  const t = useTranslations('stage');
  const undo = () => {
    void restoreRun();
    focusRun(id);
  };
  return <UndoNotice text={t('removed')} onUndo={undo} />;
}

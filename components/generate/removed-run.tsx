'use client';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { restoreRun } from '@/lib/client/stores/runs';
import { Button } from '../ui/button';
import { UndoIcon } from '../ui/icons';

/** Where a run was: the way to have it back, until the next one goes. */
export function RemovedRun() {
  const t = useTranslations('stage');
  const undo = useRef<HTMLButtonElement>(null);
  // The button that removed the run is gone with it, and the focus would be too.
  useEffect(() => undo.current?.focus(), []);
  return (
    <p className="flex items-center justify-between text-muted">
      {t('removed')}
      <Button ref={undo} onClick={restoreRun}>
        <UndoIcon size={14} aria-hidden />
        {t('undo')}
      </Button>
    </p>
  );
}

'use client';
import { useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button';
import { UndoIcon } from '../ui/icons';

/** Stands where something was that has been removed, with the way to have it back. */
export function UndoNotice({ text, onUndo }: { text: string; onUndo: () => void }) {
  const t = useTranslations('stage');
  const undo = useRef<HTMLButtonElement>(null);
  // The button that removed it is gone with it, and the focus would be too. Before the run's card
  // takes it.
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

'use client';
import { useTranslations } from 'use-intl/react';
import { restorePicture } from '@/lib/client/runs/run-commands';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { focusRun } from './run-focus';
import { SlotPlace } from './slot-place';
import { UndoNotice } from './undo-notice';

/** Where a picture was: the way to have it back. */
export function RemovedPicture({
  run,
  index,
  aspect,
}: {
  run: RunEntry;
  index: number;
  aspect: number;
}) {
  const t = useTranslations('stage');
  const undo = () => {
    restorePicture(run.id, index);
    focusRun(run.id);
  };
  return (
    <SlotPlace aspect={aspect}>
      <UndoNotice text={t('pictureRemoved')} onUndo={undo} />
    </SlotPlace>
  );
}

'use client';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { KeptPicture } from '@/lib/client/edit/edit-references';
import { editedPicture } from '@/lib/core/runs/edited-picture';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import type { Size } from '@/lib/core/sizes/sizes';
import { Button } from '../../ui/button';
import { CompareIcon } from '../../ui/icons';
import { KeepOutside } from './keep-outside';

const CompareView = lazy(() => import('./compare-view'));

/**
 * Below a picture that an edit made: how it compares with the original, and, where there was a mask,
 * what was changed outside of it and how to keep that. Nothing for a picture that is no edit's.
 */
export function EditResultTools({
  run,
  index,
  onUse,
  onMatchInputSize,
}: {
  run: RunEntry;
  /** The picture's slot on the run's card. */
  index: number;
  /** Takes the composite as the next reference; it is kept in this browser. */
  onUse: (picture: KeptPicture, how: { keepsMask: boolean }) => void;
  /** Asks for the original's size the next time; without it this is not offered. */
  onMatchInputSize?: (original: Size) => void;
}) {
  const t = useTranslations('compare');
  const [compared, setCompared] = useState<number | null>(null);
  const edited = editedPicture(run, index);
  if (!edited) return null;
  const tools = { onUse, onMatchInputSize };
  return (
    <div data-testid="edit-tools" className="mt-1.5 flex flex-wrap items-start gap-x-3 gap-y-1.5">
      <div className="min-w-40 flex-1">
        {edited.mask !== null && <KeepOutside run={run} index={index} {...tools} />}
      </div>
      <Button title={t('openHint')} onClick={() => setCompared(index)}>
        <CompareIcon size={14} aria-hidden />
        {t('open')}
      </Button>
      {compared !== null && (
        <Suspense>
          <CompareView
            run={run}
            index={compared}
            onIndex={setCompared}
            onClose={() => setCompared(null)}
            {...tools}
          />
        </Suspense>
      )}
    </div>
  );
}

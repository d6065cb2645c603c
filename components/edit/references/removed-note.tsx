'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { undoRemoval } from '@/lib/client/edit/edit-references';
import { useEditReferences } from '@/lib/client/edit/use-edit-references';
import { Button } from '../../ui/button';
import { UndoIcon } from '../../ui/icons';
import { focusReference } from './focus-reference';
import { Note } from './note';

/** What was taken off the list last, with the way to have it back. */
export function RemovedNote() {
  const t = useTranslations('references');
  const last = useEditReferences((state) => state.removed.at(-1));
  const [closed, setClosed] = useState<typeof last>();
  return (
    <div role="status">
      {last && last !== closed && (
        <Note onClose={() => setClosed(last)}>
          <span className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">
              {t(last.replacedBy === null ? 'removed' : 'replaced', {
                name: last.reference.name || t('unnamed'),
              })}
            </span>
            <Button
              look="link"
              onClick={() => {
                undoRemoval();
                focusReference(last.reference.id);
              }}
            >
              <UndoIcon size={13} aria-hidden />
              {t('undo')}
            </Button>
          </span>
        </Note>
      )}
    </div>
  );
}

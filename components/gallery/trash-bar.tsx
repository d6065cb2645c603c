'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button';
import { ChevronLeftIcon } from '../ui/icons';
import { EmptyTrashButton } from './empty-trash-button';

/** Says what Trash is, leads back, and empties it. */
export function TrashBar({ count, onLeave }: { count: number; onLeave: () => void }) {
  const t = useTranslations('gallery.trash');
  const [hasFailed, setFailed] = useState(false);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-warn max-wide:px-2">
      <Button className="text-text" onClick={onLeave}>
        <ChevronLeftIcon size={14} aria-hidden />
        {t('leave')}
      </Button>
      <p className="min-w-40 flex-1">{t(hasFailed ? 'failed' : 'about')}</p>
      {count > 0 && (
        <EmptyTrashButton label={t('empty')} onEnd={(isDone) => setFailed(!isDone)} />
      )}
    </div>
  );
}

'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { emptyTrash } from '@/lib/client/gallery/removal';
import { Button } from '../ui/button';
import { ChevronLeftIcon } from '../ui/icons';

/** Says what Trash is, leads back, and empties it: at the second click, because that is for good. */
export function TrashBar({ count, onLeave }: { count: number; onLeave: () => void }) {
  const t = useTranslations('gallery.trash');
  const [state, setState] = useState<'idle' | 'sure' | 'busy' | 'failed'>('idle');
  const empty = () => {
    setState('busy');
    emptyTrash().then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-warn max-wide:px-2">
      <Button className="text-text" onClick={onLeave}>
        <ChevronLeftIcon size={14} aria-hidden />
        {t('leave')}
      </Button>
      <p className="min-w-40 flex-1">{state === 'failed' ? t('failed') : t('about')}</p>
      {count > 0 &&
        (state === 'sure' ? (
          <>
            <Button className="text-error" onClick={empty}>
              {t('sure')}
            </Button>
            <Button className="text-text" onClick={() => setState('idle')}>
              {t('cancel')}
            </Button>
          </>
        ) : (
          <Button
            className="text-text"
            why={state === 'busy' ? t('busy') : undefined}
            onClick={() => state !== 'busy' && setState('sure')}
          >
            {t('empty')}
          </Button>
        ))}
    </div>
  );
}

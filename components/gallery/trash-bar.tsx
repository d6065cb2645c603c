'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { isOfRun } from '@/lib/core/gallery/card';
import type { Tile } from '@/lib/core/gallery/tiles';
import { Button } from '../ui/button';
import { ChevronLeftIcon } from '../ui/icons';
import { EmptyTrashButton } from './empty-trash-button';

/** Says what Trash is, leads back, and empties it. */
export function TrashBar({ tiles, onLeave }: { tiles: readonly Tile[]; onLeave: () => void }) {
  const t = useTranslations('gallery.trash');
  const done = useTranslations('gallery.done');
  const hidden = tiles.filter(({ card }) => !isOfRun(card)).length;
  const [hasFailed, setFailed] = useState(false);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-warn max-wide:px-2">
      <Button className="text-text" onClick={onLeave}>
        <ChevronLeftIcon size={14} aria-hidden />
        {t('leave')}
      </Button>
      <p className="min-w-40 flex-1">
        {t(hasFailed ? 'failed' : 'about')}
        {hidden > 0 && ` ${done('hidden', { count: hidden })}`}
      </p>
      {tiles.length > hidden && (
        <EmptyTrashButton label={t('empty')} onEnd={(isDone) => setFailed(!isDone)} />
      )}
    </div>
  );
}

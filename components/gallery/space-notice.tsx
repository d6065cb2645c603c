'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { browserRoom } from '@/lib/client/gallery/space';
import { useStorageProblem } from '@/lib/client/storage/storage-status';
import { Button } from '../ui/button';

/** Below this many bytes there soon is no room for pictures of 25 MB. */
const little = 1e9;

/** Warns before there is no room left, and when there is none; leads to what can go. */
export function SpaceNotice({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations('gallery.space');
  const isFull = useStorageProblem() === 'full';
  const [isLittle, setLittle] = useState(false);
  useEffect(() => {
    void browserRoom().then(({ left }) => setLittle(left !== undefined && left < little));
  }, []);
  return (
    <div role="status" className="empty:hidden">
      {(isFull || isLittle) && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-warn-soft px-4 py-1.5 text-warn max-wide:px-2">
          <p>{t(isFull ? 'full' : 'little')}</p>
          <Button className="text-text" onClick={onOpen}>
            {t('open')}
          </Button>
        </div>
      )}
    </div>
  );
}

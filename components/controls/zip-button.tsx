'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type NamedBlob, saveBlob, zipPictures } from '@/lib/client/pictures/downloads';
import { Button } from '../ui/button';
import { ArchiveIcon, SpinnerIcon } from '../ui/icons';

export function ZipButton({
  files,
  zipName,
  count,
}: {
  files: () => Promise<NamedBlob[]>;
  zipName: string;
  count: number;
}) {
  const t = useTranslations('zip');
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const isBusy = state === 'busy';
  const pack = async () => {
    setState('busy');
    try {
      saveBlob(await zipPictures(await files()), zipName);
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <Button why={isBusy ? t('packing') : undefined} onClick={() => void pack()}>
        {isBusy ? (
          <SpinnerIcon size={14} aria-hidden className="animate-spin" />
        ) : (
          <ArchiveIcon size={14} aria-hidden />
        )}
        <span aria-live="polite" className="@max-[420px]:sr-only">
          {isBusy ? t('packing') : t('download', { count })}
        </span>
        {/* So that the run's actions have room in one row. */}
        <span aria-hidden className="hidden @max-[420px]:inline">
          ZIP
        </span>
      </Button>
      {state === 'failed' && (
        <p role="alert" className="basis-full text-small text-error">
          {t('failed')}
        </p>
      )}
    </>
  );
}

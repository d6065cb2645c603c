import { useTranslations } from 'use-intl/react';
import { pictureFileName } from '@/lib/core/pictures/file-name';
import type { PictureSlot, RunEntry } from '@/lib/core/runs/run-entry';
import { momentOf } from '@/lib/core/runs/run-state';

/** What a picture of a run is called, to read out and as a file. */
export function usePictureDetails(run: RunEntry) {
  const t = useTranslations('picture');
  const { prompt } = run.request;
  return (index: number, { header }: PictureSlot) => ({
    alt: t('alt', { number: index + 1, count: run.slots.length, prompt: prompt.slice(0, 200) }),
    fileName: pictureFileName({
      prompt,
      at: momentOf(run),
      index,
      format: header?.format ?? 'bin',
    }),
  });
}

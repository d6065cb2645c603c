'use client';
import { type ComponentType, createContext, useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ImageHeader } from '@/lib/core/bytes/image-header';
import { pictureFileName } from '@/lib/core/pictures/file-name';
import type { PictureSlot, RunEntry } from '@/lib/core/runs/run-entry';
import { momentOf } from '@/lib/core/runs/run-state';

/** One picture of a run. */
export interface RunPictureProps {
  run: RunEntry;
  index: number;
  picture: PictureSlot;
}

/** What a page makes of the runs that it shows. */
interface RunActions {
  /** Takes a run's settings into the page's form. */
  reuse(run: RunEntry): void;
  /** Makes a picture the one that is edited next; on the page where that is done. */
  editNext?(picture: RunPictureProps & { keepsMask: boolean }): void;
  /** Shown below each picture of a run that has ended. */
  PictureTools?: ComponentType<RunPictureProps>;
  /** A hook: what is shown and saved in place of a picture; undefined: the picture itself. */
  usePictureInstead?(run: RunEntry, index: number): PictureInstead | undefined;
}

/** A file that was made of a run's picture. */
export interface PictureInstead {
  blob: Blob;
  url: string;
  /** Of a smaller copy to show, where the file is large. */
  shownUrl: string;
  header: ImageHeader;
  fileName: string;
}

/** Given by each page that shows runs. */
export const RunActionsContext = createContext<RunActions>({ reuse: () => {} });

const useNothing = () => undefined;

/** What the page shows and saves in place of a run's picture; undefined: the picture itself. */
export function usePictureInstead(run: RunEntry, index: number): PictureInstead | undefined {
  // A page has it or not, for as long as it is there.
  const { usePictureInstead: useInstead = useNothing } = useContext(RunActionsContext);
  return useInstead(run, index);
}

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

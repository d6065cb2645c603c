'use client';
import { type ComponentType, createContext, useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ImageHeader } from '@/lib/core/bytes/image-header';
import { pictureFileName } from '@/lib/core/pictures/file-name';
import type { PictureSlot, RunEntry } from '@/lib/core/runs/run-entry';
import { momentOf } from '@/lib/core/runs/run-state';

export interface RunPictureProps {
  run: RunEntry;
  index: number;
  picture: PictureSlot;
}

/** What the page that shows runs can do with them. */
interface RunActions {
  /** Fills the page's form with a run's settings. */
  reuse(run: RunEntry): void;
  /** Edit page only: makes a picture the input of the next edit. */
  editNext?(picture: RunPictureProps & { keepsMask: boolean }): void;
  /** Rendered below each picture of a finished run. */
  PictureTools?: ComponentType<RunPictureProps>;
  /** A hook: what is shown and saved in place of a picture; undefined: the picture itself. */
  usePictureInstead?(run: RunEntry, index: number): PictureInstead | undefined;
}

/** A file derived from a run's picture. */
export interface PictureInstead {
  blob: Blob;
  url: string;
  /** A smaller copy to show if the file is large. */
  shownUrl: string;
  header: ImageHeader;
  fileName: string;
}

export const RunActionsContext = createContext<RunActions>({ reuse: () => {} });

const useNothing = () => undefined;

/** What the page shows and saves in place of a run's picture; undefined: the picture itself. */
export function usePictureInstead(run: RunEntry, index: number): PictureInstead | undefined {
  // A page has it or not, for as long as it is there.
  const { usePictureInstead: useInstead = useNothing } = useContext(RunActionsContext);
  return useInstead(run, index);
}

/** The alternative text and the file name of a run's pictures. */
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

'use client';
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ImageHeader } from '@/lib/core/bytes/image-header';
import { pictureFileName } from '@/lib/core/pictures/file-name';
import type { PictureSlot } from '@/lib/core/pictures/stored-picture';
import type { RunEntry } from '@/lib/core/runs/run-entry';
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
  /** Edit page only: passes on the composite that takes a picture's place. */
  Substitute?: ComponentType<SubstituteProps>;
}

interface SubstituteProps {
  run: RunEntry;
  index: number;
  children: (instead: PictureInstead | undefined) => ReactNode;
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

/** Passes on what the page shows and saves in place of a run's picture; undefined: the picture. */
export function WithSubstitute(props: SubstituteProps): ReactNode {
  const { Substitute } = useContext(RunActionsContext);
  return Substitute ? <Substitute {...props} /> : props.children(undefined);
}

/** The alternative text and the file name of runs' pictures. */
export function usePictureDetails() {
  const t = useTranslations('picture');
  return ({ run, index, picture: { header } }: RunPictureProps) => {
    const { prompt } = run.request;
    return {
      alt: t('alt', { number: index + 1, count: run.slots.length, prompt: prompt.slice(0, 200) }),
      fileName: pictureFileName({
        prompt,
        at: momentOf(run),
        index,
        format: header?.format ?? 'bin',
      }),
    };
  };
}

'use client';
import { type ComponentType, createContext } from 'react';
import type { ImageHeader } from '@/lib/core/bytes/image-header';
import type { PictureSlot, RunEntry } from '@/lib/core/runs/run-entry';

/** One picture of a run. */
export interface RunPictureProps {
  run: RunEntry;
  index: number;
  picture: PictureSlot;
}

/** What a page makes of the runs that it shows. */
export interface RunActions {
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

'use client';
import { type ComponentType, createContext } from 'react';
import type { PictureSlot, RunEntry } from '@/lib/core/run-entry';

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
}

/** Given by each page that shows runs. */
export const RunActionsContext = createContext<RunActions>({ reuse: () => {} });

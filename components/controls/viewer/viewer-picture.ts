import type { ReactNode } from 'react';

/** A picture to look at closely. */
export interface ViewerPicture {
  id: string;
  url: string;
  alt: string;
  fileName: string;
  /** What is said of it below. */
  facts: ReactNode;
  hasAlpha: boolean;
  /** As it is seen; taken from the picture itself where it is not known yet. */
  width?: number;
  height?: number;
  getBlob: () => Promise<Blob>;
}

import type { Offer } from '../../core/references/intake';

/** What the worker is asked for: a picture in another format. */
export interface ConvertOrder {
  id: number;
  picture: Blob;
  to: Offer;
}

/** What it gives; no picture where that was not possible. */
export interface ConvertedPicture {
  id: number;
  picture: Blob | undefined;
}

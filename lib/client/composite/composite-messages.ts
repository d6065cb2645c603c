import type { ImageHeader } from '../../core/bytes/image-header';
import type { Inexactness } from '../../core/mask/exactness';
import type { OutsideChange } from '../../core/mask/outside-change';
import type { Size } from '../../core/sizes/sizes';

/** A masked edit: what it was made of, and one picture that came of it. */
export interface MaskedEdit {
  /** The same for the same three files. */
  key: string;
  original: Blob;
  /** The PNG that was sent: what can be seen through was to change. */
  mask: Blob;
  result: Blob;
}

/** What the worker is asked for; `feather` is in pixels of the original. */
export type CompositeOrder = { id: number; edit: MaskedEdit } & (
  | { kind: 'measure' }
  | { kind: 'compose'; feather: number }
);

/** How much an edit changed outside its mask, and how exact a composite would be there. */
export interface MeasuredEdit {
  change: OutsideChange;
  inexactness: Inexactness[];
}

/** `maskSize`: the mask is not of the original's size. */
export type CompositeFailure =
  | { reason: 'shape'; original: Size; result: Size }
  | { reason: 'maskSize' | 'undecodable' };

/** A PNG of the original's size. */
export interface Composite {
  blob: Blob;
  header: ImageHeader;
  /** A smaller copy to show on a card; the file itself where it is not large. */
  preview: Blob;
}

/** What it gives. */
export type CompositeAnswer = { id: number } & (
  | { kind: 'measured'; measured: MeasuredEdit }
  | { kind: 'composed'; composite: Composite }
  | { kind: 'failed'; failure: CompositeFailure }
);

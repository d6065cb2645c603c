import type { Checkpoint } from '../../core/mask/checkpoints';
import type { CompressedRaster } from '../../core/mask/compress';
import type { KeptMask } from '../../core/mask/kept-mask';
import type { MaskOperation, StrokePoint, StrokeStyle } from '../../core/mask/operations';
import type { Raster } from '../../core/mask/raster';
import type { View } from '../../core/pictures/viewer-geometry';
import type { Size } from '../../core/sizes/sizes';

/** What the worker that holds a mask is told; they are carried out in their order. */
export type MaskOrder =
  | ({ type: 'open'; size: Size } & KeptMask)
  | { type: 'paint'; style: StrokeStyle; points: readonly StrokePoint[] }
  /** `branch` tells one row of operations from another that has taken its place. */
  | { type: 'commit'; operation: MaskOperation; at: number; branch: number }
  | { type: 'discard' }
  | { type: 'go-to'; position: number };

/** What it is asked; each has one answer, of the kind that stands at the same name below. */
export interface MaskQuestions {
  /** What a view shows, with an operation that is only tried out. */
  render: { view: View; size: Size; trial: MaskOperation | null };
  /** The mask as a file, with what is not committed yet. */
  export: { pending: MaskOperation | null };
  /** A picture file as a mask; one of another size only if it is to be scaled. */
  read: { file: Blob; isScaled: boolean };
}

export interface MaskAnswers {
  render: Raster;
  /** No file if nothing is painted. */
  export: { blob: Blob | null; share: number };
  read: MaskFile;
}

/** What a picture file is as a mask. */
export type MaskFile =
  | {
      kind: 'mask';
      raster: CompressedRaster;
      /** What was read: how transparent its pixels are, or how light. */
      by: 'alpha' | 'lightness';
    }
  | { kind: 'other-size'; size: Size }
  | { kind: 'unreadable' }
  | { kind: 'too-large'; most: number };

export type MaskQuestion = {
  [Name in keyof MaskQuestions]: { type: Name; id: number; question: MaskQuestions[Name] };
}[keyof MaskQuestions];

/** What the worker tells. */
export type MaskReply =
  | { type: 'answer'; id: number; answer: MaskAnswers[keyof MaskAnswers] }
  /** It could not be done; at an opening, there is no memory for the mask. */
  | { type: 'failure'; id: number; message: string }
  | { type: 'no-memory' }
  | { type: 'share'; share: number }
  /** A packed picture of the mask that is worth keeping with its operations. */
  | { type: 'checkpoint'; checkpoint: Checkpoint; branch: number };

import type { ImagesAnswer } from '../core/endpoints/images-answer';
import type { ImageHeader } from '../core/image-header';
import type { Trouble } from '../core/trouble';
import type { RunRequest } from './runs';

/** What the page tells the worker that carries a run. */
export type RunCommand = { type: 'start'; run: RunRequest } | { type: 'stop' };

/** What becomes of a run, in the order in which it happens; `end` or `trouble` is the last. */
export type RunEvent =
  | { type: 'answering' }
  | { type: 'arriving'; index: number; bytes: number }
  | { type: 'picture'; index: number; blob: Blob; header: ImageHeader | undefined }
  | { type: 'end'; answer: ImagesAnswer }
  | { type: 'trouble'; trouble: Trouble };

import type { ImagesAnswer } from '../../core/endpoints/images-answer';
import type { PictureSlot } from '../../core/runs/run-entry';
import type { RunFailure } from '../../core/runs/run-failure';
import type { StorageProblem } from '../storage/history';

/** What becomes of an answer while it is read; `end` or `trouble` is the last of these. */
export type ImagesAnswerEvent =
  | { type: 'arriving'; index: number; bytes: number }
  | { type: 'picture'; index: number; picture: PictureSlot; blob: Blob }
  | { type: 'connection'; isLost: boolean }
  | { type: 'end'; answer: ImagesAnswer; durationMs: number | null }
  | { type: 'trouble'; trouble: RunFailure; durationMs: number | null };

/** What the page hears of an answer; what is found out of its pictures may come after its end. */
export type FollowEvent =
  | ImagesAnswerEvent
  | { type: 'transparency'; index: number; isTransparent: boolean };

/** What a worker that reads an answer tells of it, and of what it keeps. */
export type WorkerEvent<Told> =
  | Told
  | { type: 'kept'; hash: string }
  | { type: 'not-kept'; hash: string; problem: StorageProblem }
  /** Nothing more comes: the answer is read, and what could be kept is kept. */
  | { type: 'finished' };

/** What the page tells the worker: whose answer to read, and, if it comes to that, to read no more. */
export type WorkerCommand =
  /** `visitor`: see `visitorName`. */
  { type: 'read'; id: string; visitor: string | undefined } | { type: 'stop' };

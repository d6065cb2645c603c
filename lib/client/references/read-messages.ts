import type { StorageProblem } from '../storage/history';

/** What the worker is asked for: to read a file whole, see that it is a picture, and keep it. */
export interface ReadOrder {
  id: number;
  file: Blob;
}

/** What came of it. `blob` is there where the file could not be kept. */
export type ReadAnswer = { id: number } & (
  | { hash: string; unkept: { blob: Blob; problem: StorageProblem } | null }
  | { failure: ReadFailure }
);

/**
 * `changed`: the file on the disk is not the one that was chosen, or is gone; `undecodable`: the
 * browser can't show it; `unread`: anything else.
 */
export type ReadFailure = 'changed' | 'undecodable' | 'unread';

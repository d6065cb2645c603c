import 'server-only';

/**
 * Counts the bytes of all answers that wait in memory until the disk has them, so that many runs at once
 * take no more memory than a few.
 */
export class QueuedBytes {
  private total = 0;

  constructor(
    private readonly limits: {
      /** What all together may have. */
      most: number;
      /** What each answer may have, whatever the others have. */
      each: number;
    },
  ) {}

  /** More wait, or fewer where it is negative. */
  add(bytes: number): void {
    this.total += bytes;
  }

  /** Whether an answer of which so many wait has to stop until the disk has taken some. */
  isFull(own: number): boolean {
    return own > this.limits.each && this.total > this.limits.most;
  }
}

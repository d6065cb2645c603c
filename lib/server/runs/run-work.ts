import 'server-only';
import { createWaitList } from './change-feed';
import type { AnswerSpool } from './spool';

// Counts of bytes change with every chunk; as changes in the feed they are limited to this rate.
const countEveryMs = 1000;

/** What a run has while it is under way, and loses at its end. */
export class RunWork {
  readonly cancelling = new AbortController();
  readonly waitList = createWaitList();
  ending: Promise<void> | undefined;
  private awaited: { since: number; giveUp: () => void } | undefined;
  private counting: NodeJS.Timeout | undefined;
  private uncounted = false;

  constructor(readonly spool: AnswerSpool) {}

  /** It waits for its client since a moment, and `giveUp` ends that; undefined: it waits no longer. */
  awaitClient(giveUp: (() => void) | undefined, since: number): void {
    this.awaited = giveUp && { since, giveUp };
  }

  /** For how long it has been waiting for its client. */
  silentMs(now: number): number {
    return this.awaited ? now - this.awaited.since : 0;
  }

  giveUpSilent(milliseconds: number, now: number): void {
    if (this.awaited && this.silentMs(now) >= milliseconds) this.awaited.giveUp();
  }

  /** Bytes have come: counts it as a change, at once or with those of the next second. */
  count(countChange: () => void): void {
    if (this.counting) {
      this.uncounted = true;
      return;
    }
    countChange();
    this.counting = setTimeout(() => {
      this.counting = undefined;
      if (!this.uncounted) return;
      this.uncounted = false;
      this.count(countChange);
    }, countEveryMs).unref();
  }

  /** All bytes so far belong to a change that has been counted. */
  haveCounted(): void {
    this.uncounted = false;
  }

  stopCounting(): void {
    clearTimeout(this.counting);
  }
}

import 'server-only';
import type { DiskRun } from './stored-run';

/** The runs of one visitor, kept in the order of their list: by their beginning, then by id. */
export class VisitorRuns {
  private readonly byId = new Map<string, DiskRun>();
  // The oldest first, so that a new one is added at the end.
  private readonly ordered: DiskRun[] = [];

  get size(): number {
    return this.ordered.length;
  }

  get(id: string): DiskRun | undefined {
    return this.byId.get(id);
  }

  /** Adds a run, in place of one with its id whose key came free. */
  add(run: DiskRun): void {
    this.remove(run.key.id);
    this.byId.set(run.key.id, run);
    this.ordered.splice(this.placeOf(run.createdAt, run.key.id), 0, run);
  }

  remove(id: string): void {
    const run = this.byId.get(id);
    if (!run) return;
    this.byId.delete(id);
    this.ordered.splice(this.placeOf(run.createdAt, id), 1);
  }

  all(): readonly DiskRun[] {
    return this.ordered;
  }

  /** Newest first. @param after begins behind this place */
  *newestFirst(after?: { createdAt: number; id: string }): Generator<DiskRun, void> {
    const end = after ? this.placeOf(after.createdAt, after.id) : this.size;
    for (let index = end - 1; index >= 0; index--) {
      const run = this.ordered[index];
      if (run) yield run;
    }
  }

  /** How many runs stand before a place. */
  private placeOf(createdAt: number, id: string): number {
    let [low, high] = [0, this.ordered.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const run = this.ordered[middle];
      const isBefore =
        run !== undefined &&
        (run.createdAt < createdAt || (run.createdAt === createdAt && run.key.id < id));
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

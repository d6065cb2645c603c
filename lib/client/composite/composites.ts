import { connectWorker } from '../browser/worker-rpc';
import { loadPicture } from '../pictures/picture-files';
import { weighBlob } from '../pictures/weigh-blob';
import { readPatiently } from '../storage/connection';
import type {
  Composite,
  CompositeFailure,
  CompositeWorker,
  MeasuredEdit,
} from './composite.worker';
import { createJobQueue } from './job-queue';

/** The hashes of a masked edit's files, which are all stored in this browser. */
export interface MaskedEditHashes {
  original: string;
  mask: string;
  result: string;
}

/** `gone`: a file is not stored any more; `stopped`: the worker failed. */
export type ComparisonFailure = CompositeFailure | { reason: 'gone' | 'stopped' };

/** The same key for the same three files. */
export function comparisonKey({ original, mask, result }: MaskedEditHashes): string {
  return [original, mask, result].join('/');
}

type Outcome<Result> = Result | { failure: ComparisonFailure };

/** How much an edit changed outside its mask. The result is cached until the page is left. */
export async function measureEdit(
  hashes: MaskedEditHashes,
): Promise<Outcome<{ measured: MeasuredEdit }>> {
  const key = comparisonKey(hashes);
  const outcome = await remembered({
    in: measurements,
    key,
    most: 200,
    make: () => enqueue({ job: { hashes, feather: null }, subject: key, isUrgent: false }),
  });
  return outcome && !('composite' in outcome) ? outcome : { failure: { reason: 'stopped' } };
}

/**
 * The original's own pixels around an edit, as a PNG of the original's size; undefined if another
 * feather was asked for before the work began.
 */
export async function composeEdit(
  hashes: MaskedEditHashes,
  feather: number,
): Promise<Outcome<{ composite: Composite }> | undefined> {
  const key = comparisonKey(hashes);
  const outcome = await remembered({
    in: composites,
    key: `${key}/${feather}`,
    most: 6,
    make: () => enqueue({ job: { hashes, feather }, subject: `compose/${key}`, isUrgent: true }),
  });
  return outcome && 'measured' in outcome ? undefined : outcome;
}

type Answer = Outcome<{ measured: MeasuredEdit } | { composite: Composite }>;
type Memory = Map<string, Promise<Answer | undefined>>;

interface Job {
  hashes: MaskedEditHashes;
  /** Null: measure; else compose, with a feather in pixels of the original. */
  feather: number | null;
}

const measurements: Memory = new Map();
const composites: Memory = new Map();

const worker = connectWorker<CompositeWorker>(
  () => new Worker(new URL('./composite.worker.ts', import.meta.url), { type: 'module' }),
);

const enqueue = createJobQueue<Job, Answer>(async ({ hashes, feather }) => {
  try {
    const [original, mask, result] = await Promise.all(
      [hashes.original, hashes.mask, hashes.result].map((hash) =>
        readPatiently(() => loadPicture(hash)),
      ),
    );
    if (!original || !mask || !result) return { failure: { reason: 'gone' } };
    const edit = { key: comparisonKey(hashes), original, mask, result };
    if (feather === null) return await worker.call('measure', edit);
    const answer = await worker.call('compose', { edit, feather });
    if ('composite' in answer) weighBlob(answer.composite.blob);
    return answer;
  } catch {
    return { failure: { reason: 'stopped' } };
  }
});

// A file may come back, and a worker may load the next time: such failures are not cached.
const passing: readonly string[] = ['gone', 'stopped'] satisfies ComparisonFailure['reason'][];

function isLasting(answer: Answer | undefined): boolean {
  return answer !== undefined && !('failure' in answer && passing.includes(answer.failure.reason));
}

/** A cached outcome, or a new one. The least recently used are dropped. */
function remembered({
  in: memory,
  key,
  most,
  make,
}: {
  in: Memory;
  key: string;
  most: number;
  make: () => Promise<Answer | undefined>;
}): Promise<Answer | undefined> {
  const known = memory.get(key);
  const answer = known ?? make();
  // A Map keeps the order of insertion: the least recently used is the first.
  memory.delete(key);
  memory.set(key, answer);
  for (const [oldest] of memory) {
    if (memory.size <= most) break;
    memory.delete(oldest);
  }
  if (!known) {
    void answer.then((found) => {
      if (!isLasting(found) && memory.get(key) === answer) memory.delete(key);
    });
  }
  return answer;
}

import { createWorkerLine } from '../browser/worker-line';
import { loadPicture } from '../pictures/picture-files';
import { weighBlob } from '../pictures/weigh-blob';
import type {
  Composite,
  CompositeAnswer,
  CompositeFailure,
  CompositeOrder,
  MeasuredEdit,
} from './composite-messages';
import { createJobLine } from './job-line';

/** The hashes of a masked edit's files; all are kept in this browser. */
export interface MaskedEditHashes {
  original: string;
  mask: string;
  result: string;
}

/** `gone`: a file is not kept any more; `stopped`: the browser did not let it be worked out. */
export type ComparisonFailure = CompositeFailure | { reason: 'gone' | 'stopped' };

/** Names the same three files always the same. */
export function comparisonKey({ original, mask, result }: MaskedEditHashes): string {
  return [original, mask, result].join('/');
}

/** How much an edit changed outside its mask; worked out once for as long as the page is there. */
export async function measureEdit(
  hashes: MaskedEditHashes,
): Promise<{ measured: MeasuredEdit } | { failure: ComparisonFailure }> {
  const key = comparisonKey(hashes);
  const answer = await remembered({
    in: measurements,
    key,
    most: 200,
    make: () => line({ job: { hashes, what: { kind: 'measure' } }, subject: key, isUrgent: false }),
  });
  if (answer?.kind === 'measured') return { measured: answer.measured };
  return { failure: failureOf(answer) };
}

/**
 * The original's own pixels round an edit, as a PNG of the original's size; undefined if another
 * feather was asked for before it was begun.
 */
export async function composeEdit(
  hashes: MaskedEditHashes,
  feather: number,
): Promise<{ composite: Composite } | { failure: ComparisonFailure } | undefined> {
  const key = comparisonKey(hashes);
  const answer = await remembered({
    in: composites,
    key: `${key}/${feather}`,
    most: 6,
    make: () =>
      line({
        job: { hashes, what: { kind: 'compose', feather } },
        subject: `compose/${key}`,
        isUrgent: true,
      }),
  });
  if (answer === undefined) return undefined;
  if (answer.kind === 'composed') return { composite: answer.composite };
  return { failure: failureOf(answer) };
}

type Answer = CompositeAnswer | { kind: 'unanswered'; failure: ComparisonFailure };
type Memory = Map<string, Promise<Answer | undefined>>;

interface Job {
  hashes: MaskedEditHashes;
  what: { kind: 'measure' } | { kind: 'compose'; feather: number };
}

const measurements: Memory = new Map();
const composites: Memory = new Map();

const order = createWorkerLine<CompositeOrder, CompositeAnswer>(
  () => new Worker(new URL('./composite.worker.ts', import.meta.url), { type: 'module' }),
);

const line = createJobLine<Job, Answer>(async ({ hashes, what }) => {
  const files = [hashes.original, hashes.mask, hashes.result].map(loadPicture);
  const [original, mask, result] = await Promise.all(files);
  if (!original || !mask || !result) return { kind: 'unanswered', failure: { reason: 'gone' } };
  const edit = { key: comparisonKey(hashes), original, mask, result };
  const answer = await order({ edit, ...what });
  if (answer?.kind === 'composed') weighBlob(answer.composite.blob);
  return answer ?? { kind: 'unanswered', failure: { reason: 'stopped' } };
});

function failureOf(answer: Answer | undefined): ComparisonFailure {
  return answer && 'failure' in answer ? answer.failure : { reason: 'stopped' };
}

/** What was worked out before, or is being worked out; only answers that stand are remembered. */
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
  // The newest is the last, so that the first is the one to let go.
  memory.delete(key);
  memory.set(key, answer);
  for (const [oldest] of memory) {
    if (memory.size <= most) break;
    memory.delete(oldest);
  }
  if (!known) {
    void answer.then((found) => {
      const stands = found && found.kind !== 'unanswered';
      if (!stands && memory.get(key) === answer) memory.delete(key);
    });
  }
  return answer;
}

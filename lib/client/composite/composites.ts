import { useEffect, useState } from 'react';
import type { RunEntry } from '../../core/runs/run-entry';
import { editedPicture } from '../../core/runs/sent-pictures';
import { connectWorker } from '../browser/worker-rpc';
import { loadPicture } from '../pictures/picture-files';
import { weighBlob } from '../pictures/weigh-blob';
import { readPatiently } from '../storage/database';
import type {
  Composite,
  CompositeFailure,
  CompositeWorker,
  MeasuredEdit,
} from './composite.worker';
import { useCompositeChoice } from './composite-choices';
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
  const outcome = await measurements(key, () =>
    enqueue({ job: { hashes, feather: null }, subject: key, isUrgent: false }),
  );
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
  const outcome = await composites(`${key}/${feather}`, () =>
    enqueue({ job: { hashes, feather }, subject: `compose/${key}`, isUrgent: true }),
  );
  return outcome && 'measured' in outcome ? undefined : outcome;
}

type Answer = Outcome<{ measured: MeasuredEdit } | { composite: Composite }>;

interface Job {
  hashes: MaskedEditHashes;
  /** Null: measure; else compose, with a feather in pixels of the original. */
  feather: number | null;
}

const measurements = createCache(200);
const composites = createCache(6);

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
function isLasting(answer: Answer | undefined): boolean {
  if (answer && 'failure' in answer) return !['gone', 'stopped'].includes(answer.failure.reason);
  return answer !== undefined;
}

/** A cache of so many outcomes. The least recently used are dropped. */
function createCache(most: number) {
  const cached = new Map<string, Promise<Answer | undefined>>();
  return (key: string, make: () => Promise<Answer | undefined>): Promise<Answer | undefined> => {
    const known = cached.get(key);
    const answer = known ?? make();
    // A Map keeps the order of insertion: the least recently used is the first.
    cached.delete(key);
    cached.set(key, answer);
    const [oldest] = cached.keys();
    if (cached.size > most && oldest !== undefined) cached.delete(oldest);
    if (!known) {
      void answer.then((found) => {
        if (!isLasting(found) && cached.get(key) === answer) cached.delete(key);
      });
    }
    return answer;
  };
}

/** The state of the composite of an edit's picture. */
export type CompositeState =
  /** No composite is wanted, or the edit had no mask. */
  | { state: 'off' }
  /** `shown`: the previous composite, with another feather, to be shown meanwhile. */
  | { state: 'working'; shown: CompositeWithUrls | undefined }
  | { state: 'ready'; shown: CompositeWithUrls }
  | { state: 'failed'; failure: ComparisonFailure };

/** A composite, and its URL for as long as it is shown. */
export interface CompositeWithUrls extends Composite {
  url: string;
  /** The URL of its preview. */
  previewUrl: string;
  /** In pixels of the original. */
  feather: number;
}

interface Made {
  result: string;
  feather: number;
  outcome: { shown: CompositeWithUrls } | { failure: ComparisonFailure };
}

/**
 * The composite of a masked edit: the original's pixels outside the mask, the result's inside, if the user
 * has switched it on. It is computed for each feather; of several in a row only for the last.
 */
export function useComposite(run: RunEntry, index: number): CompositeState {
  const edited = editedPicture(run, index);
  const [original, mask, result] = [
    edited?.original.hash ?? '',
    edited?.mask ?? '',
    edited?.result.hash ?? '',
  ];
  const { isOn, feather } = useCompositeChoice({ runId: run.id, index });
  const isWanted = isOn && mask !== '';
  const [made, setMade] = useState<Made>();
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    void composeEdit({ original, mask, result }, feather).then((answer) => {
      if (!isCurrent || !answer) return;
      const outcome =
        'composite' in answer ? { shown: withUrls(answer.composite, feather) } : answer;
      setMade({ result, feather, outcome });
    });
    return () => {
      isCurrent = false;
    };
  }, [isWanted, original, mask, result, feather]);
  const shown = made && 'shown' in made.outcome ? made.outcome.shown : undefined;
  useEffect(() => {
    if (!shown) return;
    return () => {
      for (const url of [shown.url, shown.previewUrl]) URL.revokeObjectURL(url);
    };
  }, [shown]);

  if (!isWanted) return { state: 'off' };
  const outcome = made?.result === result ? made.outcome : undefined;
  if (outcome && 'failure' in outcome) return { state: 'failed', ...outcome };
  if (outcome && made?.feather === feather) return { state: 'ready', ...outcome };
  return { state: 'working', shown: outcome?.shown };
}

function withUrls(composite: Composite, feather: number): CompositeWithUrls {
  const { blob, preview } = composite;
  const [url, previewUrl] = [URL.createObjectURL(blob), URL.createObjectURL(preview)];
  return { ...composite, url, previewUrl, feather };
}

export type MeasuredState = { measured: MeasuredEdit } | { failure: ComparisonFailure };

/** What a masked edit changed outside its mask; undefined until it is computed, or for null. */
export function useMeasuredEdit(edit: MaskedEditHashes | null): MeasuredState | undefined {
  const [found, setFound] = useState<{ key: string; state: MeasuredState }>();
  const { original = '', mask = '', result = '' } = edit ?? {};
  const key = edit && comparisonKey(edit);
  useEffect(() => {
    if (key === null) return;
    let isShown = true;
    void measureEdit({ original, mask, result }).then(
      (state) => isShown && setFound({ key, state }),
    );
    return () => {
      isShown = false;
    };
  }, [key, original, mask, result]);
  return found?.key === key ? found?.state : undefined;
}

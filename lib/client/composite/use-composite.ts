import { useEffect, useState } from 'react';
import type { RunEntry } from '../../core/runs/run-entry';
import { editedPicture } from '../../core/runs/sent-pictures';
import type { Composite, MeasuredEdit } from './composite.worker';
import { useCompositeChoice } from './composite-choices';
import {
  type ComparisonFailure,
  comparisonKey,
  composeEdit,
  type MaskedEditHashes,
  measureEdit,
} from './composites';

/** The state of the composite of an edit's picture. */
export type CompositeState =
  /** No composite is wanted, or the edit had no mask. */
  | { state: 'off' }
  /** `shown`: the previous composite, with another feather, to be shown meanwhile. */
  | { state: 'working'; shown: ShownComposite | undefined }
  | { state: 'ready'; shown: ShownComposite }
  | { state: 'failed'; failure: ComparisonFailure };

/** A composite, and its URL for as long as it is shown. */
export interface ShownComposite extends Composite {
  url: string;
  /** The URL of its preview. */
  previewUrl: string;
  /** In pixels of the original. */
  feather: number;
}

interface Made {
  result: string;
  feather: number;
  outcome: { shown: ShownComposite } | { failure: ComparisonFailure };
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

function withUrls(composite: Composite, feather: number): ShownComposite {
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

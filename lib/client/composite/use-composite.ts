import { useEffect, useState } from 'react';
import type { RunEntry } from '../../core/runs/run-entry';
import { editedPicture } from '../../core/runs/run-pictures';
import type { Composite, MeasuredEdit } from './composite.worker';
import { useCompositeChoice } from './composite-choices';
import {
  type ComparisonFailure,
  comparisonKey,
  composeEdit,
  type MaskedEditHashes,
  measureEdit,
} from './composites';

/** The composite of an edit's picture, as far as it is wanted and there. */
export type CompositeState =
  /** The result is shown as it came: it was not wanted otherwise, or is no masked edit. */
  | { state: 'off' }
  /** `shown`: the one before, with another feather, to be shown in the meantime. */
  | { state: 'working'; shown: ShownComposite | undefined }
  | { state: 'ready'; shown: ShownComposite }
  | { state: 'failed'; failure: ComparisonFailure };

/** A PNG of the original's size, and an address for it as long as this is shown. */
export interface ShownComposite extends Composite {
  url: string;
  /** Of its smaller copy. */
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
 * The picture of a masked edit with the original's own pixels outside the mask, if the designer has
 * switched that on. It is made anew for each feather; of many in a row only the last.
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

/** What a masked edit changed outside its mask; undefined while that is worked out, or for null. */
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

import { useEffect, useState } from 'react';
import type { MeasuredEdit } from './composite.worker';
import {
  type ComparisonFailure,
  comparisonKey,
  type MaskedEditHashes,
  measureEdit,
} from './composites';

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

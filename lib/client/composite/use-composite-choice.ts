import { useStore } from 'zustand/react';
import type { RunPlace } from '../../core/runs/run-entry';
import {
  type CompositeChoice,
  choiceOf,
  compositeChoicesStore,
  placeKey,
} from './composite-choices';

/** What was chosen for a result. */
export function useCompositeChoice(place: RunPlace): CompositeChoice {
  return useStore(compositeChoicesStore, (state) => choiceOf(state, placeKey(place)));
}

import { useStore } from 'zustand/react';
import { type CompositeChoice, choiceOf, compositeChoicesStore } from './composite-choices';

/** What was chosen for a result. */
export function useCompositeChoice(hash: string): CompositeChoice {
  return useStore(compositeChoicesStore, (state) => choiceOf(state, hash));
}

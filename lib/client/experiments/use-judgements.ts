import { useStore } from 'zustand/react';
import type { Judgement } from '../../core/experiments/judging/judgement';
import { judgementsStore } from './judgements-store';

/** The judgements of an experiment, the oldest first; undefined until they are loaded. */
export function useJudgements(experiment: string): readonly Judgement[] | undefined {
  return useStore(judgementsStore, (state) =>
    state.experiment === experiment ? state.judgements : undefined,
  );
}

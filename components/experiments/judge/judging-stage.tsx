'use client';
import { useState } from 'react';
import { usePlacedPictures } from '@/lib/client/experiments/use-placed-pictures';
import type { Experiment } from '@/lib/core/experiments/experiment';
import type { Plan } from '@/lib/core/experiments/plan';
import type { Model } from '@/lib/core/models/model';
import { useAxisWords } from '../axis-words';
import { ResultsPanel } from '../results/results-panel';
import { JudgePanel } from './judge-panel';
import type { JudgedAxis } from './judged-axis';

/** Judging the pictures of an experiment in pairs, and what that says; both ask about one axis. */
export function JudgingStage({
  experiment: { id, name },
  plan,
  models,
  stage,
}: {
  experiment: Pick<Experiment, 'id' | 'name'>;
  plan: Plan;
  models: readonly Model[];
  stage: 'judge' | 'results';
}) {
  const axes = useJudgedAxes(plan, models);
  const [chosen, setChosen] = useState<string>();
  const pictures = usePlacedPictures(id, plan);
  const axis = axes.find((one) => one.id === chosen)?.id ?? axes[0]?.id ?? '';
  const shared = { experiment: id, axes, axis, onAxis: setChosen };
  return stage === 'judge' ? (
    <JudgePanel {...shared} pictures={pictures} />
  ) : (
    <ResultsPanel {...shared} name={name} />
  );
}

/** The axes that have something to compare, in words. */
function useJudgedAxes(plan: Plan, models: readonly Model[]): JudgedAxis[] {
  const words = useAxisWords(models);
  return plan.axes
    .filter(({ values }) => values.length > 1)
    .map((axis) => ({
      id: axis.id,
      label: words.axis(axis),
      values: axis.values.map(({ id: value }, index) => ({
        value,
        label: [words.value(axis, index), words.aside(axis, index)].filter(Boolean).join(' · '),
      })),
    }));
}

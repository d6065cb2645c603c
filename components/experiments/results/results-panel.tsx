'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { hasSeenResults, noteSeenResults } from '@/lib/client/experiments/judge';
import { loadJudgements } from '@/lib/client/experiments/judgements-store';
import { useJudgements } from '@/lib/client/experiments/use-judgements';
import { type Judgement, judgeKey } from '@/lib/core/experiments/judging/judgement';
import { resultsOf } from '@/lib/core/experiments/judging/results';
import { verdictsOf } from '@/lib/core/experiments/judging/verdicts';
import { Button } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { AxisChoice } from '../judge/axis-choice';
import type { JudgedAxis } from '../judge/judged-axis';
import { Findings } from './findings';
import { JudgeTable } from './judge-table';
import { JudgementFiles } from './judgement-files';
import { PairTable } from './pair-table';
import { ValueTable } from './value-table';

/** What the judgements of one axis say. Hidden until asked for, so that they do not sway who judges. */
export function ResultsPanel({
  experiment,
  name,
  axes,
  axis,
  onAxis,
}: {
  experiment: string;
  /** What the experiment is called: files are named after it. */
  name: string;
  axes: readonly JudgedAxis[];
  axis: string;
  onAxis: (axis: string) => void;
}) {
  const t = useTranslations('judging');
  const judgements = useJudgements(experiment);
  const section = useRef<HTMLElement>(null);
  const [, setShown] = useState(0);
  useEffect(() => void loadJudgements(experiment), [experiment]);
  const isShown = hasSeenResults(experiment, axis);
  const ofAxis = useMemo(
    () => judgements?.filter((one) => one.axis === axis) ?? [],
    [judgements, axis],
  );
  const asked = axes.find((one) => one.id === axis);
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={t('results')}
      className="outline-none mx-auto grid max-w-[880px] gap-5 p-4"
    >
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-64 max-wide:w-full">
          <AxisChoice axes={axes} axis={axis} onChoose={onAxis} />
        </div>
        <JudgementFiles experiment={experiment} name={name} judgements={judgements ?? []} />
      </div>
      {judgements && !isShown && (
        <div className="grid justify-items-start gap-3 rounded-large border border-line bg-panel p-4">
          <p>{t('hidden', { count: ofAxis.filter(({ repeatOf }) => !repeatOf).length })}</p>
          <Button
            look="primary"
            onClick={() => {
              noteSeenResults(experiment, axis);
              setShown((times) => times + 1);
              // The button goes away with what it hides.
              section.current?.focus();
            }}
          >
            {t('show')}
          </Button>
        </div>
      )}
      {judgements && isShown && asked && <Shown key={axis} axis={asked} judgements={ofAxis} />}
    </section>
  );
}

function Shown({ axis, judgements }: { axis: JudgedAxis; judgements: readonly Judgement[] }) {
  const t = useTranslations('judging');
  const [judge, setJudge] = useState('');
  const [isUnswayed, setUnswayed] = useState(false);
  const judges = new Map(judgements.map((one) => [judgeKey(one.judge), one.judge.name]));
  const counted = useMemo(
    () =>
      judgements.filter(
        (one) =>
          (judge === '' || judgeKey(one.judge) === judge) && !(isUnswayed && one.seenResults),
      ),
    [judgements, judge, isUnswayed],
  );
  const { results, verdicts } = useMemo(
    () => ({ results: resultsOf(counted), verdicts: verdictsOf(counted) }),
    [counted],
  );
  const labels = new Map(axis.values.map(({ value, label }) => [value, label]));
  const label = (value: string) => labels.get(value) ?? value;
  const swayed = judgements.filter(({ seenResults }) => seenResults).length;
  return (
    <>
      {(judges.size > 1 || swayed > 0) && (
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          {judges.size > 1 && (
            <select
              aria-label={t('judges')}
              value={judge}
              onChange={({ target }) => setJudge(target.value)}
              className="rounded-small border border-line-strong bg-raised px-2 py-1.5 touch:text-[16px]"
            >
              <option value="">{t('allJudges')}</option>
              {[...judges].map(([key, judgeName], index) => (
                <option key={key} value={key}>
                  {judgeName || t('unnamed', { number: index + 1 })}
                </option>
              ))}
            </select>
          )}
          {swayed > 0 && (
            <CheckBox isChecked={isUnswayed} onChange={setUnswayed}>
              {t('leaveOutSeen', { count: swayed })}
            </CheckBox>
          )}
        </div>
      )}
      {results ? (
        <>
          <Findings results={results} verdicts={verdicts} label={label} />
          <ValueTable results={results} axis={axis.label} label={label} />
          <PairTable pairs={results.pairs} verdicts={verdicts} label={label} />
          <JudgeTable judgements={judgements} />
        </>
      ) : (
        <p className="text-muted">{t('noneYet')}</p>
      )}
    </>
  );
}

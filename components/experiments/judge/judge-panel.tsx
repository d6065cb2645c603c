'use client';
import { useEffect, useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { keepJudge, loadJudge } from '@/lib/client/experiments/judge';
import { loadJudgements } from '@/lib/client/experiments/judgements-store';
import { useJudgements } from '@/lib/client/experiments/use-judgements';
import { blocksOf, type PlacedPicture } from '@/lib/core/experiments/judging/blocks';
import { judgeKey } from '@/lib/core/experiments/judging/judgement';
import { laterPart } from '../../controls/later-part';
import { Button } from '../../ui/button';
import { FieldHead } from '../../ui/field';
import { AxisChoice } from './axis-choice';
import type { JudgedAxis } from './judged-axis';
import { ProgressWords } from './progress-words';

const JudgeWindow = laterPart(async () => (await import('./judge-window')).default);

/** Before judging: what is asked about, who judges, how far they are. */
export function JudgePanel({
  experiment,
  axes,
  axis,
  pictures,
  onAxis,
}: {
  experiment: string;
  axes: readonly JudgedAxis[];
  /** The one that is asked about. */
  axis: string;
  /** Those that have arrived. */
  pictures: readonly PlacedPicture[];
  onAxis: (axis: string) => void;
}) {
  const t = useTranslations('judging');
  const nameId = useId();
  const [judge, setJudge] = useState(loadJudge);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => void loadJudgements(experiment), [experiment]);
  const judgements = useJudgements(experiment);
  const blocks = useMemo(() => blocksOf(pictures, axis), [pictures, axis]);
  const values = new Set(blocks.flatMap((block) => [...block.pictures.keys()])).size;
  const own = judgements?.filter(
    (one) =>
      one.axis === axis && one.repeatOf === undefined && judgeKey(one.judge) === judgeKey(judge),
  );
  const count = own?.length ?? 0;
  const why = blocks.length === 0 ? t('nothing') : undefined;

  return (
    <section aria-label={t('judge')} className="mx-auto grid max-w-[560px] gap-4 p-4">
      <p>{t('about')}</p>
      <AxisChoice axes={axes} axis={axis} onChoose={onAxis} />
      <div>
        <FieldHead htmlFor={nameId} label={t('name')} aside={<span>{t('nameAside')}</span>} />
        <input
          id={nameId}
          value={judge.name}
          maxLength={60}
          autoComplete="off"
          onChange={({ target }) => {
            const named = { ...judge, name: target.value };
            setJudge(named);
            keepJudge(named);
          }}
          className="w-full rounded-small border border-line-strong bg-raised px-2 py-1.5 touch:text-[16px]"
        />
      </div>
      <div className="grid gap-1 text-small text-muted">
        <p>{t('comparable', { values, blocks: blocks.length })}</p>
        {blocks.length > 0 && blocks.length < 3 && <p className="text-warn">{t('fewBlocks')}</p>}
        <p>{t('howMany')}</p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" why={why} {...(!why && { onClick: () => setOpen(true) })}>
          {t(count === 0 ? 'start' : 'goOn')}
        </Button>
        <p className="text-small text-muted">
          <ProgressWords count={count} values={values} />
        </p>
      </div>
      {isOpen && (
        <JudgeWindow
          experiment={experiment}
          axis={axis}
          judge={judge}
          pictures={pictures}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}

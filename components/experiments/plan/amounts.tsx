'use client';
import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { type Definition, maxRepeats } from '@/lib/core/experiments/experiment';
import { maxRun, type Plan } from '@/lib/core/experiments/plan';
import { Button } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { FieldHead, NumberField, Slider } from '../../ui/field';
import { RefreshIcon } from '../../ui/icons';

/** How many pictures each combination gets, and whether all combinations are run. */
export function Amounts({
  definition: { repeats, sample, models },
  plan,
  onEdit,
}: {
  definition: Definition;
  plan: Plan;
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.setup');
  const id = useId();
  const rows = Math.max(1, models.length);
  const combinations = Math.round(plan.count / rows);
  const most = Math.max(1, Math.min(combinations, Math.floor(maxRun / rows)));
  const usual = Math.min(most, 20);
  const setSample = (next: Partial<NonNullable<Definition['sample']>> | null) =>
    onEdit((definition) => ({
      ...definition,
      sample: next && { count: usual, seed: 1, ...definition.sample, ...next },
    }));
  return (
    <>
      <div>
        <FieldHead
          htmlFor={`${id}-repeats`}
          label={t('repeats')}
          aside={<span>{t('repeatsHint')}</span>}
        />
        <div className="flex items-center gap-3">
          <Slider
            id={`${id}-repeats`}
            min={1}
            max={maxRepeats}
            value={String(repeats)}
            onSlide={(text) => onEdit((definition) => ({ ...definition, repeats: Number(text) }))}
          />
          <span className="w-8 shrink-0 text-right tabular-nums">{repeats}</span>
        </div>
      </div>
      {(sample !== null || combinations > 1) && (
        <div>
          <CheckBox isChecked={sample !== null} onChange={(isOn) => setSample(isOn ? {} : null)}>
            {t('sample')}
          </CheckBox>
          {sample && (
            <div className="mt-2 flex items-center gap-2">
              <Slider
                aria-label={t('sampleCount')}
                min={1}
                max={most}
                value={String(Math.min(most, sample.count))}
                onSlide={(text) => setSample({ count: Number(text) })}
              />
              <div className="w-16 shrink-0">
                <NumberField
                  aria-label={t('sampleCount')}
                  min={1}
                  max={most}
                  value={String(sample.count)}
                  onType={(text) => {
                    const count = Math.trunc(Number(text));
                    if (count >= 1) setSample({ count: Math.min(count, most) });
                  }}
                />
              </div>
              <Button look="quiet" onClick={() => setSample({ seed: (sample.seed + 1) >>> 0 })}>
                <RefreshIcon size={14} aria-hidden />
                {t('otherSample')}
              </Button>
            </div>
          )}
          {sample && <p className="mt-1 text-small text-muted">{t('sampleHint')}</p>}
        </div>
      )}
    </>
  );
}

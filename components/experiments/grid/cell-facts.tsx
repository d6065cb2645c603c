'use client';
import { useTranslations } from 'use-intl/react';
import type { Axis } from '@/lib/core/experiments/axes';
import type { PlanCell } from '@/lib/core/experiments/plan';
import type { Model } from '@/lib/core/models/model';
import { askedSettings } from '@/lib/core/runs/asked-returned';
import type { Cell } from '@/lib/core/runs/run-entry';
import { DetailRow, DetailSection } from '../../controls/details/detail-rows';
import { useAxisWords } from '../axis-words';

/** The values of a combination: what each axis of its experiment is there. */
export function CellValues({
  axes,
  at,
  models,
}: {
  axes: readonly Axis[];
  at: PlanCell['at'];
  models: readonly Model[];
}) {
  const t = useTranslations('experiments.cell');
  const words = useAxisWords(models);
  return (
    <DetailSection title={t('values')}>
      {axes.map((axis, place) => {
        const value = at[place] ?? 0;
        return (
          <DetailRow
            key={axis.id}
            name={words.axis(axis, true)}
            value={[words.value(axis, value), words.aside(axis, value)].filter(Boolean).join(' · ')}
          />
        );
      })}
    </DetailSection>
  );
}

/** What a request asks for beside its prompt. */
export function AskedFor({ run: { request, turn } }: { run: Cell }) {
  const t = useTranslations('experiments.cell');
  const words = useTranslations('details');
  const { n, ...fields } = { n: undefined, ...(turn ?? request) };
  return (
    <DetailSection title={t('asked')}>
      <DetailRow name={words('model')} value={request.model} />
      {askedSettings(fields).map(({ name, value }) => (
        <DetailRow key={name} name={name} value={value} isWireName />
      ))}
      <DetailRow name={words('pictures')} value={n?.toString()} />
    </DetailSection>
  );
}

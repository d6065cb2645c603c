import { useTranslations } from 'use-intl/react';
import type { JudgedResults, SharePreferred } from '@/lib/core/experiments/judging/results';
import { formatShare, inPercent } from './percent';
import { ResultTable } from './result-table';

/** Each value with how often it is preferred to an average one, and what happened to it. */
export function ValueTable({
  results,
  axis,
  label,
}: {
  results: JudgedResults;
  axis: string;
  label: (value: string) => string;
}) {
  const t = useTranslations('judging');
  const heads = [axis, t('preferred'), t('wins'), t('losses'), t('ties'), t('bad'), t('pictures')];
  return (
    <ResultTable
      caption={t('valuesCaption')}
      heads={heads}
      rows={results.values.map((row) => ({
        key: row.value,
        cells: [
          label(row.value),
          <Preferred key="preferred" {...row} />,
          row.wins,
          row.losses,
          row.ties,
          row.bad,
          row.pictures,
        ],
      }))}
    />
  );
}

/** How often, over the range in which that lies. */
function Preferred({ share, interval }: SharePreferred) {
  const [low, high] = (interval ?? [share, share]).map(inPercent) as [number, number];
  return (
    <div className="min-w-36">
      <p className="whitespace-nowrap font-medium">{formatShare(share, interval)}</p>
      <div aria-hidden className="relative mt-1 h-2 rounded-full bg-sunken">
        <div
          style={{ left: `${low}%`, width: `${high - low}%` }}
          className="absolute inset-y-0 rounded-full bg-accent/35"
        />
        <div className="absolute inset-y-0 left-1/2 w-px bg-faint" />
        <div
          style={{ left: `${inPercent(share)}%` }}
          className="absolute -inset-y-0.5 w-1 -translate-x-1/2 rounded-full bg-accent"
        />
      </div>
    </div>
  );
}

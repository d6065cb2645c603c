import { useTranslations } from 'use-intl/react';
import type { PairCounts } from '@/lib/core/experiments/judging/results';
import type { Verdict, Verdicts } from '@/lib/core/experiments/judging/verdicts';
import { ChevronDownIcon } from '../../ui/icons';
import { ResultTable } from './result-table';

/** Every two values that met: what happened, and what may be said of them. */
export function PairTable({
  pairs,
  verdicts,
  label,
}: {
  pairs: readonly PairCounts[];
  verdicts: Verdicts | undefined;
  label: (value: string) => string;
}) {
  const t = useTranslations('judging');
  const verdictOn = ({ first, second }: PairCounts) =>
    verdicts?.pairs.find(
      (one) =>
        (one.first === first && one.second === second) ||
        (one.first === second && one.second === first),
    );
  const words = (verdict: Verdict | undefined) => {
    if (!verdict) return '–';
    if (verdict.isPreferred) return t('isPreferred', { first: label(verdict.first) });
    if (verdict.more !== undefined) return t('noDifference', { more: verdict.more });
    return t('noneSoon', { more: 3 * (verdicts?.after ?? 0) });
  };
  return (
    <details className="group">
      <summary className="flex cursor-pointer items-center gap-1.5 font-medium">
        <ChevronDownIcon
          size={15}
          aria-hidden
          className="transition-transform not-group-open:-rotate-90"
        />
        {t('pairs', { count: pairs.length })}
      </summary>
      <div className="mt-2">
        <ResultTable
          caption={t('pairsCaption')}
          heads={[t('pair'), t('verdict'), t('wins'), t('losses'), t('ties'), t('bad')]}
          rows={pairs.map((pair) => ({
            key: JSON.stringify([pair.first, pair.second]),
            cells: [
              t('versus', { first: label(pair.first), second: label(pair.second) }),
              words(verdictOn(pair)),
              pair.wins,
              pair.losses,
              pair.ties,
              pair.bad,
            ],
          }))}
        />
      </div>
    </details>
  );
}

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { type AlikeShare, agreementOf } from '@/lib/core/experiments/judging/agreement';
import { type Judgement, judgeKey } from '@/lib/core/experiments/judging/judgement';
import { formatShare } from './percent';
import { ResultTable } from './result-table';

/** How far each judge agrees with themselves, which bounds what to expect of others, and with others. */
export function JudgeTable({ judgements }: { judgements: readonly Judgement[] }) {
  const t = useTranslations('judging');
  const agreement = useMemo(() => agreementOf(judgements), [judgements]);
  const words = ({ alike, pairs, interval }: AlikeShare) => {
    if (!interval) return '–';
    return t('alike', { share: formatShare(alike / pairs, interval), alike, pairs });
  };
  return (
    <ResultTable
      caption={t('agreementCaption')}
      heads={[t('judgeHead'), t('withSelf'), t('withOthers'), t('judged')]}
      rows={agreement.map(({ judge, judgements: count, withSelf, withOthers }, index) => ({
        key: judgeKey(judge),
        cells: [
          judge.name || t('unnamed', { number: index + 1 }),
          words(withSelf),
          words(withOthers),
          count,
        ],
      }))}
    />
  );
}

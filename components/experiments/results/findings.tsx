import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { JudgedResults } from '@/lib/core/experiments/judging/results';
import { firstVerdict, type Verdicts } from '@/lib/core/experiments/judging/verdicts';
import { inPercent } from './percent';

/** What may be said, in sentences, before any number. */
export function Findings({
  results,
  verdicts,
  label,
}: {
  results: JudgedResults;
  verdicts: Verdicts | undefined;
  label: (value: string) => string;
}) {
  const t = useTranslations('judging');
  const { judgements, blocks, left, isSplit } = results;
  const preferred = verdicts?.pairs.filter(({ isPreferred }) => isPreferred) ?? [];
  const open = verdicts?.pairs.find(({ isPreferred }) => !isPreferred);
  const named = ({ first, second }: { first: string; second: string }) => ({
    first: label(first),
    second: label(second),
  });
  return (
    <div className="grid gap-2">
      <ul className="grid list-disc gap-1.5 pl-5 empty:hidden">
        {blocks < 3 && <li>{t('finding.fewBlocks', { blocks })}</li>}
        {judgements < firstVerdict && (
          <li>{t('finding.few', { count: judgements, from: firstVerdict })}</li>
        )}
        {preferred.map((pair) => (
          <li key={`${pair.first} ${pair.second}`} className="font-medium">
            {t('finding.preferred', named(pair))}
          </li>
        ))}
        {open && <li>{openSentence()}</li>}
        {verdicts?.wantsPictures && <li>{t('finding.morePictures')}</li>}
        {left.isShown && <li>{t('finding.left', { share: inPercent(left.share) })}</li>}
        {isSplit && <li>{t('finding.split')}</li>}
      </ul>
      <p className="text-small text-muted">
        {t('basis', { judgements, blocks })}
        {verdicts && verdicts.after < judgements && ` ${t('after', { after: verdicts.after })}`}
      </p>
    </div>
  );

  function openSentence(): ReactNode {
    if (!open) return null;
    const more = open.more ?? 3 * (verdicts?.after ?? 0);
    return t(open.more === undefined ? 'finding.noneSoon' : 'finding.none', {
      ...named(open),
      more,
    });
  }
}

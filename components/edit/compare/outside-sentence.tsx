import { useTranslations } from 'use-intl/react';
import type { OutsideChange } from '@/lib/core/mask/outside-change';
import { formatSize } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/format-size';

const least = 0.0005;

/** How much an edit changed outside its mask, in a sentence; while it is measured, that it is. */
export function OutsideSentence({ change }: { change: OutsideChange | undefined }) {
  const t = useTranslations('compare');
  if (!change) return <p className="text-muted">{t('measuring')}</p>;
  const { share, isIdentical, size } = change;
  const sentence = () => {
    if (share === null) return t('nothingOutside');
    if (isIdentical) return t('identical');
    return share < least ? t('changedLittle') : t('changed', { share });
  };
  return (
    <p
      data-testid="outside-change"
      title={t('changedHint', { size: formatSizeForPeople(formatSize(size)) })}
      className={share !== null && share >= 0.01 ? 'text-warn' : 'text-muted'}
    >
      {sentence()}
    </p>
  );
}

import { useTranslations } from 'use-intl/react';
import type { ComparisonFailure } from '@/lib/client/composite/composites';
import { formatSize, type Size } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { Button } from '../../ui/button';

/** Why a result cannot be compared with its original, and what would make it so the next time. */
export function ComparisonFailureNotice({
  failure,
  onMatchInputSize,
}: {
  failure: ComparisonFailure;
  onMatchInputSize?: (original: Size) => void;
}) {
  const t = useTranslations('compare');
  if (failure.reason !== 'shape') {
    return <p className="text-small text-muted">{t(`failure.${failure.reason}`)}</p>;
  }
  const { original, result } = failure;
  const words = (size: Size) => formatSizeForPeople(formatSize(size));
  return (
    <div className="flex flex-col items-start gap-1.5 text-small">
      <p className="text-warn">
        {t('failure.shape', { original: words(original), result: words(result) })}
      </p>
      {onMatchInputSize && (
        <Button title={t('matchInputHint')} onClick={() => onMatchInputSize(original)}>
          {t('matchInput')}
        </Button>
      )}
    </div>
  );
}

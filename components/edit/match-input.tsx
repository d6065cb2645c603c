'use client';
import { useTranslations } from 'use-intl/react';
import { isSameShape } from '@/lib/core/mask/composite';
import { formatSize, parseSize, type Size } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { Button } from '../ui/button';

/** Offers the size of the edited picture, or the legal size that is nearest to its shape. */
export function MatchInput({
  input,
  size,
  chosen,
  onChoose,
}: {
  /** Size of the picture with its EXIF orientation applied. */
  input: Size;
  /** The size at this model that is nearest to it in shape. */
  size: string;
  chosen: string;
  onChoose: (size: string) => void;
}) {
  const t = useTranslations('edit');
  const isExact = size === formatSize(input);
  const made = parseSize(size);
  const isOtherShape = made !== undefined && !isSameShape(input, made);
  const words = { input: formatSizeForPeople(formatSize(input)), size: formatSizeForPeople(size) };
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1">
      <Button
        aria-pressed={chosen === size}
        className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
        onClick={() => onChoose(size)}
      >
        {t('matchInput', words)}
      </Button>
      <p className="text-small text-muted">
        {isExact ? t('matchInputExact') : t('matchInputNearest', words)}
        {isOtherShape && ` ${t('matchInputShape')}`}
      </p>
    </div>
  );
}

import { useTranslations } from 'use-intl/react';
import { matchingSize } from '@/lib/core/endpoints/edits/edit-form';
import { isSameShape } from '@/lib/core/mask/same-shape';
import type { Model } from '@/lib/core/models/model';
import { formatSize, parseSize, type Size } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { Button } from '../ui/button';

/** Asks for the size of the picture that is edited, or the legal one that is nearest to its shape. */
export function MatchInput({
  model,
  input,
  chosen,
  onChoose,
}: {
  model: Model;
  /** As the picture is seen. */
  input: Size;
  chosen: string;
  onChoose: (size: string) => void;
}) {
  const t = useTranslations('edit');
  const size = matchingSize(model, input);
  if (size === undefined) return null;
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
